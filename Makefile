# For hands that type make: everything is in ./run.
demo test bench install help:
	@./run $@
.PHONY: demo test bench install help
