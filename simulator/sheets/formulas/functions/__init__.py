"""The functions that are served, by their names in capitals."""

from simulator.sheets.formulas.functions import conditions, dates, logic, lookups, operators, sums, texts
from simulator.sheets.formulas.working_out import Function

FUNCTIONS: dict[str, Function] = (
    operators.FUNCTIONS
    | logic.FUNCTIONS
    | sums.FUNCTIONS
    | conditions.FUNCTIONS
    | texts.FUNCTIONS
    | lookups.FUNCTIONS
    | dates.FUNCTIONS
)
