"""What Google's schemas do not say: unions, required fields, limits, and which fields an add-on in Sheets must not use.

Keys are messages, or messages with one of their fields.
"""

EXACTLY_ONE: dict[str, tuple[str, ...]] = {
    "Widget": (
        "buttonList",
        "carousel",
        "chipList",
        "columns",
        "dateTimePicker",
        "decoratedText",
        "divider",
        "grid",
        "image",
        "selectionInput",
        "textInput",
        "textParagraph",
    ),
    "OnClick": ("action", "openLink", "openDynamicLinkAction", "card", "overflowMenu"),
    "Icon": ("knownIcon", "iconUrl", "materialIcon"),
    "Navigation": ("pushCard", "updateCard", "pop", "popToRoot", "popToCard"),
    "AuthorizationError": ("requesting_google_scopes", "basic_authorization_prompt", "custom_authorization_prompt"),
    "GoogleScopes": ("scopes", "all_scopes"),
}
AT_MOST_ONE: dict[str, tuple[str, ...]] = {
    "DecoratedText": ("button", "switchControl", "endIcon"),
    "Actions": ("navigations", "link"),
}
AT_LEAST_ONE: dict[str, tuple[str, ...]] = {
    "Card": ("header", "sections"),
    "Button": ("text", "icon"),
    "Chip": ("label", "icon"),
    "TextInput": ("label", "hintText"),
    "RenderActions": ("action", "hostAppAction"),
    "Actions": ("navigations", "link", "notification"),
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "CardHeader": ("title",),
    "Section": ("widgets",),
    "CardAction": ("actionLabel", "onClick"),
    "CardFixedFooter": ("primaryButton",),
    "CollapseControl": ("expandButton", "collapseButton"),
    "TextParagraph": ("text",),
    "DecoratedText": ("text",),
    "Image": ("imageUrl",),
    "ImageComponent": ("imageUri",),
    "ButtonList": ("buttons",),
    "Button": ("onClick",),
    "ChipList": ("chips",),
    "Grid": ("items",),
    "TextInput": ("name",),
    "SelectionInput": ("name", "items"),
    "DateTimePicker": ("name",),
    "SwitchControl": ("name",),
    "SuggestionItem": ("text",),
    "SelectionItem": ("text", "value"),
    "OverflowMenu": ("items",),
    "OverflowMenuItem": ("text", "onClick"),
    "OpenLink": ("url",),
    "Action": ("function",),
    "ActionParameter": ("key",),
    "MaterialIcon": ("name",),
    "Notification": ("text",),
    "HostAppAction": ("editorAction",),
    "EditorAction": ("requestFileScopeForActiveDocument",),
    "SubmitFormResponse": ("renderActions",),
    "GetAutocompletionResponse": ("autoComplete",),
    "AutoComplete": ("items",),
    "BasicPrompt": ("authorization_url", "resource"),
    "CustomPrompt": ("action",),
}

_CHAT = "only in Chat, not in an add-on for Sheets"
_STUDIO = "only in Workspace Studio"
ELSEWHERE: dict[tuple[str, str], str] = {
    ("Widget", "carousel"): _CHAT,
    ("Widget", "columns"): "only in dialogs of Gmail and Calendar",
    ("Widget", "id"): _STUDIO,
    ("Widget", "visibility"): _STUDIO,
    ("Widget", "eventActions"): _STUDIO,
    ("Section", "id"): _STUDIO,
    ("Card", "expressionData"): _STUDIO,
    ("Action", "interaction"): "only in Chat; in an add-on the whole card is stripped",
    ("TextParagraph", "textSyntax"): _CHAT,
    ("DecoratedText", "contentText"): _CHAT,
    ("DecoratedText", "topLabelText"): _CHAT,
    ("DecoratedText", "bottomLabelText"): _CHAT,
    ("DecoratedText", "startIconVerticalAlignment"): _CHAT,
    ("DecoratedText", "icon"): "deprecated: startIcon",
    ("Chip", "enabled"): "deprecated: disabled",
    ("TextInput", "placeholderText"): _CHAT,
    ("TextInput", "hostAppDataSource"): _STUDIO,
    ("DateTimePicker", "hostAppDataSource"): _STUDIO,
    ("SelectionInput", "externalDataSource"): _CHAT,
    ("SelectionInput", "platformDataSource"): _CHAT,
    ("SelectionInput", "dataSourceConfigs"): _STUDIO,
    ("SelectionInput", "hintText"): _STUDIO,
}
DEPRECATED = {"CHECKBOX": "CHECK_BOX"}

AT_MOST: dict[tuple[str, str], int] = {
    ("Card", "sections"): 100,
    ("Card", "cardActions"): 10,
    ("SelectionInput", "items"): 100,
    ("Grid", "items"): 100,
    ("Suggestions", "items"): 100,
    ("ChipList", "chips"): 100,
}

ADDRESSES: dict[tuple[str, str], str] = {
    ("Action", "function"): "call",
    ("OpenLink", "url"): "link",
    ("BasicPrompt", "authorization_url"): "call",
    ("Image", "imageUrl"): "picture",
    ("CardHeader", "imageUrl"): "picture",
    ("ImageComponent", "imageUri"): "picture",
    ("Icon", "iconUrl"): "picture",
    ("SelectionItem", "startIconUri"): "picture",
}
MARKUP = {("TextParagraph", "text"), ("DecoratedText", "text"), ("Section", "header")}
