/** The worlds of the section on both pages; etcd 2 has no other ones. */
export const id = 'security-v2/basic-setup'
