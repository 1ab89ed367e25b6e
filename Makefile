# For hands that type make: everything is in ./run.
demo test bench package install help:
	@./run $@
.PHONY: demo test bench package install help
