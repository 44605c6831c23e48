#!/usr/bin/env bash
# Goes through all folders here. The last line is SAME (exit 0) when each says so, DIFFERENT (1) when one differs, and
# CANNOT TELL (2) when one cannot be told. README.md of each folder says what is expected, and why.
unset CDPATH
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || exit 2
shopt -s nullglob
same=0 different=() unknown=()
for script in */run.sh; do
  cell=${script%/run.sh}
  echo "== $cell"
  bash -- "$script"
  case $? in
    0) same=$((same + 1)) ;;
    1) different+=("$cell") ;;
    129 | 130 | 131 | 143) exit 130 ;; # interrupted
    *) unknown+=("$cell") ;;
  esac
done
echo
echo "$same the same, ${#different[@]} different, ${#unknown[@]} cannot be told"
[ ${#different[@]} = 0 ] || printf '  different: %s\n' "${different[@]}"
[ ${#unknown[@]} = 0 ] || printf '  cannot be told: %s\n' "${unknown[@]}"
if [ ${#unknown[@]} != 0 ] || [ $((same + ${#different[@]})) = 0 ]; then
  echo "CANNOT TELL: ${#unknown[@]} of the folders above"
  exit 2
elif [ ${#different[@]} != 0 ]; then
  echo DIFFERENT
  exit 1
fi
echo SAME
