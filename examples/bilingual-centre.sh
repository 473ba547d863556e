#!/bin/bash
# A day at a centre that answers in two languages, in a second: installs the packages that are
# needed (Debian 12, root or sudo), builds the program, and plays the day of
# examples/day/bilingual-centre.day.yaml at the centre of examples/plans/bilingual-centre.yaml.
#
#   examples/bilingual-centre.sh                           # the whole day, and its figures
#   examples/bilingual-centre.sh --from 11:00 --to 11:15   # a quarter of an hour
#   examples/bilingual-centre.sh --quiet --seed 5          # the figures of another day
#   examples/bilingual-centre.sh | grep -w rosa            # one agent
#
# Other options: those of center_day (--help).
exec "$(dirname "${BASH_SOURCE[0]}")/day/play.sh" bilingual-centre "$@"
