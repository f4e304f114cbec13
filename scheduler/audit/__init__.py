"""Who changed what, in the transaction of the change; append-only, and each entry in the layer of what was changed."""
