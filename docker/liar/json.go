package main

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
)

// toJSON gives the gateway's form: fields in the order of their table, 64-bit numbers as strings, bytes in
// base64, zero values left out.
func toJSON(m message, table []field) string {
	var parts []string
	for _, f := range table {
		value := ""
		switch v := m[f.name].(type) {
		case string:
			value = quoted(v)
		case []byte:
			value = quoted(base64.StdEncoding.EncodeToString(v))
		case []string:
			var items []string
			for _, item := range v {
				items = append(items, quoted(item))
			}
			value = "[" + strings.Join(items, ",") + "]"
		case int64:
			value = quoted(strconv.FormatInt(v, 10))
		case bool:
			value = strconv.FormatBool(v)
		case message:
			value = toJSON(v, f.of)
		case []message:
			var items []string
			for _, item := range v {
				items = append(items, toJSON(item, f.of))
			}
			value = "[" + strings.Join(items, ",") + "]"
		default:
			continue
		}
		parts = append(parts, quoted(f.name)+":"+value)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// fromJSON reads the gateway's form.
func fromJSON(raw map[string]json.RawMessage, table []field) (message, error) {
	m := message{}
	for _, f := range table {
		value, given := raw[f.name]
		if !given {
			continue
		}
		var err error
		switch f.kind {
		case text:
			var s string
			err = json.Unmarshal(value, &s)
			m[f.name] = s
		case octets:
			var b []byte
			err = json.Unmarshal(value, &b)
			m[f.name] = b
		case number:
			var n json.Number
			err = json.Unmarshal(value, &n)
			m[f.name], _ = n.Int64()
		case boolean:
			var b bool
			err = json.Unmarshal(value, &b)
			m[f.name] = b
		case enum:
			m[f.name] = enumValue(value, f.names)
		case nested:
			var inner map[string]json.RawMessage
			if err = json.Unmarshal(value, &inner); err == nil {
				m[f.name], err = fromJSON(inner, f.of)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return m, nil
}

func enumValue(value json.RawMessage, names []string) int64 {
	var name string
	if json.Unmarshal(value, &name) != nil {
		n, _ := strconv.ParseInt(string(value), 10, 64)
		return n
	}
	for i, candidate := range names {
		if candidate == name {
			return int64(i)
		}
	}
	return 0
}
