/** What PostgreSQL and Redis have in common: names, ports, first bytes, TLS. What follows is `away` of each. */
export const network = {
  address: { title: 'The address of {product} is given' },
  resolve: { title: 'The host name of {product} resolves' },
  port: { title: 'The port of {product} answers' },
  protocol: { title: 'It is {product} that answers' },
  tls: { title: 'TLS of {product} is as the address asks' },
  url_malformed: {
    title: '{variable} is not an address of {product}',
    cause:
      'The address cannot be parsed: another scheme, stray quotes or blanks, or a password with @ : / # that is not percent-encoded.',
    fix: 'Copy {variable} whole from the variables page of the {service} service; percent-encode special characters of the password.',
  },
  url_unresolved: {
    title: '{variable} still holds a reference to a variable',
    cause:
      'The value contains ${{…}} or $NAME: the platform did not fill it in, because there is no service of that name.',
    fix: "Pick the variable of the {service} service anew; the service's name must match.",
  },
  dns_internal_from_outside: {
    title: 'A Railway internal name is used from outside',
    cause:
      'Names under *.railway.internal exist only inside the network of one Railway environment; not on a laptop, not at build, not in another environment.',
    fix: 'Outside Railway set {variable} to the public address: the value of {publicVariable} of the {service} service. On Railway keep the internal one.',
  },
  dns_internal_not_found: {
    title: 'A Railway internal name does not resolve',
    cause:
      'There is no service of that name in this environment, it was renamed or paused, or the private network is not up yet.',
    fix: 'Set {variable} by reference to the {service} service of the same environment.',
  },
  dns_ipv4_only: {
    title: 'The name is looked up by IPv4 only, and has IPv6 only',
    cause: 'The address says family=4 while the private network answers by IPv6.',
    fix: 'Take family=4 out of {variable}, or make it family=0.',
  },
  dns_not_found: {
    title: 'The host name does not exist',
    cause: 'A typo in the name, the service was deleted, or the address is of another project.',
    fix: 'Copy {variable} again and restart the service.',
  },
  dns_unavailable: {
    title: 'The name service does not answer',
    cause: 'There is no network, or DNS does not answer: the name cannot be checked.',
    fix: 'Check the network of this machine and repeat.',
  },
  refused: {
    title: 'The connection is refused',
    cause: 'Nobody listens there: {product} is not running, is paused, or the port is another.',
    fix: 'Start or resume {product}; compare the port in {variable}.',
  },
  unreachable: {
    title: 'There is no route to the server',
    cause: 'The network cannot be reached from here, or needs IPv6 that this machine has not.',
    fix: 'Use the public address ({publicVariable}) or check the route.',
  },
  timeout: {
    title: 'The port is a black hole: no connection',
    cause: 'Packets are lost: a firewall, an allow list of addresses, or a paused server.',
    fix: "Allow this machine's address or resume the server; check the port.",
  },
  frozen: {
    title: '{product} accepts connections and does not answer',
    cause: 'The process hangs, is stopped or overloaded, or nobody stands behind the port.',
    fix: 'Restart {product}.',
  },
  other_protocol: {
    title: 'Something else than {product} answers',
    cause: 'The port or the name belongs to another service.',
    fix: 'Correct host and port in {variable}.',
  },
  closed_at_handshake: {
    title: 'The server closed the connection at the handshake',
    cause:
      'So answers a proxy in front of a service that is gone, asleep or at its plan limit, and an address of a former deployment ("server closed the connection unexpectedly").',
    fix: 'Check that the {service} service runs, and copy the current value of {variable} (from outside: {publicVariable}); then restart.',
  },
  tls_name_mismatch: {
    title: 'The certificate is for another name',
    cause: 'The name in the address is not in the certificate: a proxy or a bare IP.',
    fix: "Use the certificate's name in {variable}.",
  },
  tls_expired: {
    title: 'The certificate has expired or is not valid yet',
    cause: "The certificate was not renewed, or this machine's clock is wrong.",
    fix: 'Renew the certificate; check the clock.',
  },
  tls_failed: {
    title: 'The TLS handshake failed',
    cause: 'The sides do not agree on version or ciphers.',
    fix: 'Update the server or read its log.',
  },
};
