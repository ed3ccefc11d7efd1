"""How many states an automaton needs for a formula: profiles, and the rules that give them."""
