package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"time"
)

// Alerts of RFC 8446 6.2 that Go sends for a client's certificate.
const (
	badCertificate     = 42
	certificateExpired = 45
	unknownCA          = 48
	internalError      = 80
)

// verifiesItself says that the broken rule is one of verifying: then this file judges client certificates
// in Go's place.
func verifiesItself() bool {
	return breaks(anyCA, selfSignedAccepted, expiredAccepted, notYetValidAccepted, usageIgnored, intermediateRefused)
}

// verifyClient judges a client's chain as crypto/tls would (handshake_server.go), but for the broken rule.
func verifyClient(roots *x509.CertPool, raw [][]byte) error {
	var chain []*x509.Certificate
	for _, der := range raw {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return errors.New("tls: failed to parse client certificate: " + err.Error())
		}
		chain = append(chain, c)
	}
	if len(chain) == 0 {
		return errors.New("tls: client didn't provide a certificate")
	}
	o := x509.VerifyOptions{
		Intermediates: x509.NewCertPool(),
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		Roots:         roots,
	}
	leaf := chain[0]
	if !breaks(intermediateRefused) {
		for _, c := range chain[1:] {
			o.Intermediates.AddCert(c)
		}
	}
	loosen(leaf, &o)
	if _, err := leaf.Verify(o); err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: chain, Err: err}
	}
	return nil
}

// loosen takes away the one check. Validity is changed in the parsed copy only: the signature is checked
// over the bytes that came.
func loosen(leaf *x509.Certificate, o *x509.VerifyOptions) {
	now := time.Now()
	selfSigned := leaf.CheckSignature(leaf.SignatureAlgorithm, leaf.RawTBSCertificate, leaf.Signature) == nil
	switch {
	case breaks(anyCA) || breaks(selfSignedAccepted) && selfSigned:
		pool := x509.NewCertPool()
		if o.Roots != nil {
			pool = o.Roots.Clone()
		}
		pool.AddCert(leaf)
		o.Roots = pool
	case breaks(expiredAccepted) && now.After(leaf.NotAfter):
		leaf.NotAfter = now.Add(time.Hour)
	case breaks(notYetValidAccepted) && now.Before(leaf.NotBefore):
		leaf.NotBefore = now.Add(-time.Hour)
	case breaks(usageIgnored):
		o.KeyUsages = []x509.ExtKeyUsage{x509.ExtKeyUsageAny}
	}
}

// alertFor is the alert Go sends for a verification error.
func alertFor(err error) byte {
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, new(x509.UnknownAuthorityError)):
		return unknownCA
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return certificateExpired
	}
	return badCertificate
}
