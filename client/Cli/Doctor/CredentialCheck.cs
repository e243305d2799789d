using static System.FormattableString;

namespace Tumbler.Cli.Doctor;

/// <summary>Whether this caller may see the rest.</summary>
internal static class CredentialCheck
{
    public static IEnumerable<Finding> Of(Facts facts) => facts.Credential switch
    {
        { IsGiven: false, Problem: null } or { IsAccepted: true } => [],
        { Problem: { } problem } =>
        [
            Finding.Failure("credential-not-tried", problem, "Silos, rings and certificates could not be looked at.", "Mend what is named above; `tumbler login`"),
        ],
        { Status: 401 } =>
        [
            Finding.Failure(
                "credential-refused", "The server does not accept the credential.",
                "Nobody operates the server with it: the admin key was replaced, or is another server's, or the token has expired.",
                "`tumbler login`, with the key that the server has in Admin:Key; a token that an administrator's client got within its lifetime"),
        ],
        { Status: 403 } =>
        [
            Finding.Failure(
                "credential-too-weak", "The credential is an organisation's, or its token has no administrator's scope.",
                "It sees nothing but its own organisation.", "`tumbler login`, with the admin key or a token with the scope tumbler:auditor, tumbler:operator or tumbler:owner"),
        ],
        { Status: 429 } =>
        [
            Finding.Warning(
                "credential-limited", "Requests with this credential, or refusals from this address, are over their limit.", "The rest could not be looked at.", "Wait a minute and ask again."),
        ],
        { Status: var status } =>
        [
            Finding.Failure(
                "admin-api-broken", Invariant($"The admin API answers {status}."), "Nobody operates the server from here.",
                "Ask the server itself and not the gateway: `tumbler doctor --server http://…`; then look at the server's log."),
        ],
    };
}
