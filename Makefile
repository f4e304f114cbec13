# Thin names: everything is in dev.py, which works without make.
.PHONY: run test check lock

run test check lock:
	@python3 dev.py $@
