"""Cards as values: what a domain wants the sidebar to show. Rendering them is the web's business.

    from numirror.kernel.card import Button, Buttons, Card, Checkbox, DecoratedText, Do, Header, Section, TextInput

    def today_card(tasks: Tasks) -> Card:
        rows = [
            DecoratedText(
                task.title,
                bottom_label="due today",
                control=Checkbox("done", task.task_id, on_change=Do(CompleteTask, {"task_id": task.task_id})),
                on_click=Show("task", {"task_id": task.task_id}),
            )
            for task in tasks.today
        ]
        add = Section((TextInput("title", "New task"), Buttons((Button("Add", Do(AddTask, requires=("title",))),))))
        return Card("today", Header("Today"), sections_within(WIDGETS, [add, Section(tuple(rows), "Tasks")]))

Values that Google would not show as they are meant raise `InvalidCard` where they are made, `CardTooLarge` if they
hold too much.
"""

from numirror.kernel.card.card import (
    Button,
    Buttons,
    Card,
    CardAction,
    Chip,
    Chips,
    Click,
    DecoratedText,
    Drawn,
    FixedFooter,
    FooterButton,
    Grid,
    IconButton,
    Image,
    Menu,
    MenuItem,
    Push,
    Section,
    SimpleClick,
    Widget,
)
from numirror.kernel.card.clicks import ASK_FOR_FILE, PAGE, SHOW, Action, AskForFile, Do, OpenFile, OpenLink, Show
from numirror.kernel.card.fitting import sections_within
from numirror.kernel.card.icons import Icon, KnownIcon, Picture
from numirror.kernel.card.inputs import (
    Checkbox,
    DatePicker,
    DateTimePicker,
    Input,
    Item,
    Select,
    Switch,
    TextInput,
    TimePicker,
)
from numirror.kernel.card.limits import WIDGETS, CardTooLarge, InvalidCard
from numirror.kernel.card.still import Divider, GridItem, Header, Paragraph
from numirror.kernel.card.text import (
    BLUE,
    GREEN,
    GREY,
    RED,
    Colour,
    Coloured,
    Link,
    Mark,
    Marked,
    Rich,
    Text,
    bold,
    coloured,
    italic,
    joined,
    link,
    plain,
    shortened,
    struck,
    underlined,
)

__all__ = [
    "ASK_FOR_FILE",
    "BLUE",
    "GREEN",
    "GREY",
    "PAGE",
    "RED",
    "SHOW",
    "WIDGETS",
    "Action",
    "AskForFile",
    "Button",
    "Buttons",
    "Card",
    "CardAction",
    "CardTooLarge",
    "Checkbox",
    "Chip",
    "Chips",
    "Click",
    "Colour",
    "Coloured",
    "DatePicker",
    "DateTimePicker",
    "DecoratedText",
    "Divider",
    "Do",
    "Drawn",
    "FixedFooter",
    "FooterButton",
    "Grid",
    "GridItem",
    "Header",
    "Icon",
    "IconButton",
    "Image",
    "Input",
    "InvalidCard",
    "Item",
    "KnownIcon",
    "Link",
    "Mark",
    "Marked",
    "Menu",
    "MenuItem",
    "OpenFile",
    "OpenLink",
    "Paragraph",
    "Picture",
    "Push",
    "Rich",
    "Section",
    "Select",
    "Show",
    "SimpleClick",
    "Switch",
    "Text",
    "TextInput",
    "TimePicker",
    "Widget",
    "bold",
    "coloured",
    "italic",
    "joined",
    "link",
    "plain",
    "sections_within",
    "shortened",
    "struck",
    "underlined",
]
