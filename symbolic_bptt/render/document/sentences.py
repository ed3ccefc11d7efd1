"""What a document says in words: the sentences that are the same for every model."""

SYMBOLS = (
    " lists the symbols and their shapes; a vector is a column unless its shape says otherwise."
)

FUNCTION = " is any differentiable function"

DEFAULT = "; where numbers are needed, it is {default}"

GRAPH = (
    " shows the model over {steps}. The derivative of the loss with respect to a quantity is a sum "
    "over all paths that lead from that quantity up to the loss."
)

GRAPH_CAPTION = (
    "The unrolled graph. Solid arrows lead to what is computed from a quantity. Along the dashed "
    "ones the gradient flows back, multiplied by the local derivative of the arrow."
)

LOCAL = " is the derivative through the equation of "

LOCAL_ALONE = " alone: whatever else that equation reads is held fixed. Its entries are "

LOCAL_IN_ROW = " in row "

LOCAL_AND_COLUMN = " and column "

LOCAL_SHAPES = (
    "; the derivative of a scalar has the shape of the quantity by which it is taken. Powers of "
    "vectors are taken entry by entry, and ⊙ multiplies entry by entry."
)

GRADIENTS = (
    "A parameter that every step uses counts as one copy for each step, all equal: the gradient is "
    "the sum over the copies. In a product, the derivative with respect to one factor is what "
    "comes back to the product, times the transpose of the other factor."
)

EXPANSION = "With {steps} the recurrence and the sums are"

NOTHING = "Nothing comes back from the loss: every derivative is zero."

WITNESS = (
    " There the derivatives are SymPy's, taken equation by equation and composed along the "
    "unrolled graph; the derivation is not its own witness. The seed is {seed}. The instances, at "
)

EVERY_T = (
    " the two sides were compared at all numbers of steps up to their dimension as weighted "
    "automata over the steps: they hold for every number of steps. "
)

FLOATS = (
    ": the largest relative error, against SymPy's gradient, of the closed form above, of central "
    "differences and of the complex step."
)

MADE_BY = (
    "Derived, printed and checked by symbolic_bptt {version}, in which SymPy differentiates each "
    "equation and python-flint computes in the finite field."
)
