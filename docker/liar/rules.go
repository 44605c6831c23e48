package main

import (
	"slices"
	"strings"
)

// A rule is one promise that etcd keeps and this server may break. An image names the one it breaks in
// ruleFile; everything else it does as etcd 3.6 does. fixtures/liars.ts says who must notice which.
type rule string

const ruleFile = "/etc/liar-rule"

const (
	honest rule = "honest"

	noClientCertificateAsked rule = "no-client-certificate-asked"
	anyCA                    rule = "any-ca"
	selfSignedAccepted       rule = "self-signed-accepted"
	expiredAccepted          rule = "expired-accepted"
	notYetValidAccepted      rule = "not-yet-valid-accepted"
	usageIgnored             rule = "usage-ignored"
	intermediateRefused      rule = "intermediate-refused"
	metricsUnchecked         rule = "metrics-unchecked"
	commonNameIgnored        rule = "common-name-ignored"
	onlyTLS12Asks            rule = "only-tls12-asks"

	cipherListIgnored     rule = "cipher-list-ignored"
	cipherListCut         rule = "cipher-list-cut"
	unknownCipherAccepted rule = "unknown-cipher-accepted"
	weakCiphersByDefault  rule = "weak-ciphers-by-default"
	defaultCiphersCut     rule = "default-ciphers-cut"
	emptyCiphersRefused   rule = "empty-cipher-list-refused"

	whitelistIgnored     rule = "whitelist-ignored"
	whitelistOnHTTPSToo  rule = "whitelist-on-https-too"
	whitelistFirstOnly   rule = "whitelist-first-name-only"
	whitelistOffWithAuth rule = "whitelist-off-with-authentication"
	loopbackImplied      rule = "loopback-implied"
	loopbackNeverListed  rule = "loopback-cannot-be-added"
	emptyWhitelistDenies rule = "empty-whitelist-denies"
	whitelistSparesPath  rule = "whitelist-spares-metrics"
	whitelistOnGRPCToo   rule = "whitelist-on-grpc-too"
	letterCaseIgnored    rule = "letter-case-ignored"
	whitelistUnknown     rule = "whitelist-unknown"

	encryptedKeyIgnored     rule = "encrypted-key-ignored"
	encryptedPeerKeyIgnored rule = "encrypted-peer-key-ignored"
	servesWithoutKey        rule = "serves-without-key"
	servesWithoutPair       rule = "serves-without-certificate"
	variablesIgnored        rule = "variables-ignored"
	autoTLSInClear          rule = "auto-tls-in-clear"
	wrongServerCertificate  rule = "wrong-server-certificate"
	plaintextOnHTTPS        rule = "plaintext-on-https"
	writesFail              rule = "writes-fail"
	metricsNameless         rule = "metrics-without-version"
	configFilePartlyRead    rule = "config-file-partly-read"
	advertisesHTTP          rule = "advertises-http"
	schemesMustMatch        rule = "schemes-must-match"

	otherAlert              rule = "other-alert"
	otherReason             rule = "other-reason"
	otherExitReason         rule = "other-exit-reason"
	logsNothing             rule = "logs-nothing"
	logForAnotherConnection rule = "log-for-another-connection"
	closesSilently          rule = "closes-silently"
	closesAfterHandshake    rule = "closes-after-handshake"

	refusesEverything rule = "refuses-everything"
	hangs             rule = "hangs"
	closesAtOnce      rule = "closes-at-once"
	refusesThenServes rule = "refuses-then-serves"
	healthDies        rule = "health-dies"
)

var everyRule = []rule{
	honest,
	noClientCertificateAsked, anyCA, selfSignedAccepted, expiredAccepted, notYetValidAccepted, usageIgnored,
	intermediateRefused, metricsUnchecked, commonNameIgnored, onlyTLS12Asks,
	cipherListIgnored, cipherListCut, unknownCipherAccepted, weakCiphersByDefault, defaultCiphersCut,
	emptyCiphersRefused,
	whitelistIgnored, whitelistOnHTTPSToo, whitelistFirstOnly, whitelistOffWithAuth, loopbackImplied,
	loopbackNeverListed, emptyWhitelistDenies, whitelistSparesPath, whitelistOnGRPCToo, letterCaseIgnored,
	whitelistUnknown,
	encryptedKeyIgnored, encryptedPeerKeyIgnored, servesWithoutKey, servesWithoutPair, variablesIgnored,
	autoTLSInClear, wrongServerCertificate, plaintextOnHTTPS, writesFail, metricsNameless, configFilePartlyRead, advertisesHTTP,
	schemesMustMatch,
	otherAlert, otherReason, otherExitReason, logsNothing, logForAnotherConnection, closesSilently,
	closesAfterHandshake,
	refusesEverything, hangs, closesAtOnce, refusesThenServes, healthDies,
}

// broken is the rule this process breaks.
var broken = honest

func breaks(any ...rule) bool { return slices.Contains(any, broken) }

func parseRule(name string) (rule, bool) {
	r := rule(strings.TrimSpace(name))
	return r, slices.Contains(everyRule, r)
}
