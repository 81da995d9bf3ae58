package gatehouse.lib.blocks

# A block is an object in synthesized configuration and a list in a plan; both are read as the same.
list(value) := value if is_array(value)

list(value) := [value] if is_object(value)

# The block of which there can be one.
one(value) := value if is_object(value)

one(value) := value[0] if is_array(value)
