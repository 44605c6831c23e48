set -u
export LC_ALL=C
unset CDPATH CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR OPENSSL_CONF
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || exit 2
. ./functions.sh             # the words of the steps; each says what it does
need openssl curl grep sed find od timeout
echo "the image: $IMAGE"      # which the environment may have named
need_image "$IMAGE" "$IMAGE_HINT"
need_other_images
show() {
  make_copy "$NETWORK"       # of this folder, beside a network
  make_certificates          # certificates.sh: new keys, by openssl alone
  . ./steps.sh               # starts etcd and asks it; every finding is said
  conclude                   # compares the findings with expected.txt
}
guarded show                 # everything that it makes goes at the end, whatever happens
