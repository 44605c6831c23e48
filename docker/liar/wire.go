package main

import (
	"encoding/binary"
	"errors"
)

// message is a decoded request or an answer to encode: field name → string, []string, []byte, int64, bool, message or
// []message. The same tables serve gRPC (protocol buffers) and the gateway (their JSON form).
type message map[string]any

type kind int

const (
	text kind = iota
	octets
	number
	boolean
	enum
	nested
	list
)

// A field of a message; `of` describes nested ones, `names` an enum's values.
type field struct {
	tag   int
	name  string
	kind  kind
	of    []field
	names []string
}

// encode writes fields in the order of their table and leaves zero values out, as proto3 does.
func encode(m message, table []field) []byte {
	var out []byte
	bytesOf := func(tag int, b []byte) {
		out = binary.AppendUvarint(out, uint64(tag<<3|2))
		out = append(binary.AppendUvarint(out, uint64(len(b))), b...)
	}
	for _, f := range table {
		switch v := m[f.name].(type) {
		case string:
			bytesOf(f.tag, []byte(v))
		case []byte:
			bytesOf(f.tag, v)
		case []string:
			for _, item := range v {
				bytesOf(f.tag, []byte(item))
			}
		case int64:
			out = binary.AppendUvarint(binary.AppendUvarint(out, uint64(f.tag<<3)), uint64(v))
		case bool:
			if v {
				out = append(binary.AppendUvarint(out, uint64(f.tag<<3)), 1)
			}
		case message:
			bytesOf(f.tag, encode(v, f.of))
		case []message:
			for _, item := range v {
				bytesOf(f.tag, encode(item, f.of))
			}
		}
	}
	return out
}

var errTruncated = errors.New("unexpected EOF")

// decode reads the fields a table names and skips the others.
func decode(b []byte, table []field) (message, error) {
	m := message{}
	for len(b) > 0 {
		key, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errTruncated
		}
		b = b[n:]
		value, n := binary.Uvarint(b)
		if n <= 0 || key&7 != 0 && key&7 != 2 {
			return nil, errTruncated
		}
		b = b[n:]
		var content []byte
		if key&7 == 2 {
			if uint64(len(b)) < value {
				return nil, errTruncated
			}
			content, b = b[:value], b[value:]
		}
		if err := decodeField(m, table, int(key>>3), value, content); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func decodeField(m message, table []field, tag int, value uint64, content []byte) error {
	for _, f := range table {
		if f.tag != tag {
			continue
		}
		switch f.kind {
		case text:
			m[f.name] = string(content)
		case octets:
			m[f.name] = content
		case number, enum:
			m[f.name] = int64(value)
		case boolean:
			m[f.name] = value != 0
		case nested:
			inner, err := decode(content, f.of)
			if err != nil {
				return err
			}
			m[f.name] = inner
		}
	}
	return nil
}

func (m message) text(name string) string   { s, _ := m[name].(string); return s }
func (m message) octets(name string) string { b, _ := m[name].([]byte); return string(b) }
func (m message) number(name string) int64  { n, _ := m[name].(int64); return n }
func (m message) is(name string) bool       { b, _ := m[name].(bool); return b }
func (m message) inner(name string) message { i, _ := m[name].(message); return i }
