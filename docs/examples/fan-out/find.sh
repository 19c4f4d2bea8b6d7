# Prints which modules there are, and how many lines each has, as one JSON object.
separator=''
printf '{"modules": ['
for file in "$1"/*.txt; do
    name=$(basename "$file" .txt)
    printf '%s{"name": "%s", "lines": %d}' "$separator" "$name" "$(wc -l <"$file")"
    separator=', '
done
printf '], "left_out": []}\n'
