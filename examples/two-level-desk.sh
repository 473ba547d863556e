#!/bin/bash
# A day at a desk with two levels, in a second: installs the packages that are needed (Debian
# 12, root or sudo), builds the program, and plays the day of examples/day/two-level-desk.day.yaml
# at the desk of examples/plans/two-level-desk.yaml.
#
#   examples/two-level-desk.sh                             # the whole day, and its figures
#   examples/two-level-desk.sh --from 09:00 --to 09:15     # a quarter of an hour
#   examples/two-level-desk.sh --quiet --seed 5            # the figures of another day
#   examples/two-level-desk.sh | grep -w 'call 24'         # one call
#
# Other options: those of center_day (--help).
exec "$(dirname "${BASH_SOURCE[0]}")/day/play.sh" two-level-desk "$@"
