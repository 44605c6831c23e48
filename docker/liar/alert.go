package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"net"
	"strings"
	"sync/atomic"
)

const (
	alertRecord       = 21
	applicationRecord = 23
	clearAlert        = 5 + 2
	sealedAlert       = 5 + 2 + 1 + 16
)

// alertConn lies on the wire: it replaces or swallows the alert a failing handshake sends. crypto/tls has no
// way to choose one. Under TLS 1.2 the alert is in clear (it comes before ChangeCipherSpec); under TLS 1.3 it
// is the first record under the server's application traffic secret, which the key log tells.
type alertConn struct {
	net.Conn
	instead byte
	swallow bool
	secret  []byte
	done    atomic.Bool
}

// Write is given the key log lines of crypto/tls by keyLog, and records by crypto/tls itself.
func (c *alertConn) Write(record []byte) (int, error) {
	clear := len(record) == clearAlert && record[0] == alertRecord
	sealed := len(record) == sealedAlert && record[0] == applicationRecord && c.secret != nil
	if c.done.Load() || !(clear || sealed) || !c.swallow && c.instead == 0 {
		return c.Conn.Write(record)
	}
	if c.swallow {
		return len(record), nil
	}
	changed := append([]byte{}, record...)
	if clear {
		changed[6] = c.instead
	} else {
		changed = append(changed[:5], c.seal(changed[:5])...)
	}
	_, err := c.Conn.Write(changed)
	return len(record), err
}

// seal encrypts the fatal alert as record 0 (RFC 8446 5.2, 5.3, 7.3).
func (c *alertConn) seal(header []byte) []byte {
	h, keyLength := func() hash.Hash { return sha256.New() }, 16
	if len(c.secret) == sha512.Size384 {
		h, keyLength = sha512.New384, 32
	}
	expand := func(label string, length int) []byte {
		full := "tls13 " + label
		context := string([]byte{0, byte(length), byte(len(full))}) + full + "\x00"
		out, err := hkdf.Expand(h, c.secret, context, length)
		if err != nil {
			panic(err)
		}
		return out
	}
	block, err := aes.NewCipher(expand("key", keyLength))
	if err != nil {
		panic(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return gcm.Seal(nil, expand("iv", 12), []byte{2, c.instead, alertRecord}, header)
}

// keyLog takes the server's secret from crypto/tls.
type keyLog struct{ conn *alertConn }

func (k keyLog) Write(line []byte) (int, error) {
	words := strings.Fields(string(line))
	if len(words) == 3 && words[0] == "SERVER_TRAFFIC_SECRET_0" {
		k.conn.secret, _ = hex.DecodeString(words[2])
	}
	return len(line), nil
}
