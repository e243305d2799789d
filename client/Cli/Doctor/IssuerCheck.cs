namespace Tumbler.Cli.Doctor;

/// <summary>Whether clients that begin with the address find what tokens say.</summary>
internal static class IssuerCheck
{
    public static IEnumerable<Finding> Of(Facts facts)
    {
        if (facts.Discovery is not { } discovery)
            yield break;
        var address = facts.Server.AbsoluteUri.TrimEnd('/');
        if (discovery.Problem is { } problem)
        {
            yield return Finding.Failure(
                "discovery-broken", $"{address}/.well-known/openid-configuration {problem}.",
                "Clients and verifiers that are told the issuer alone find nothing else.",
                "Let the gateway pass on everything under /.well-known/ as it is.");
            yield break;
        }

        if (discovery.Issuer != address)
        {
            yield return Finding.Failure(
                "issuer-differs", $"The server calls itself {discovery.Issuer ?? "nothing"}, and clients know it as {address}.",
                "A verifier that was told one refuses tokens that name the other (RFC 8414 §3.3, RFC 9068 §4).",
                $"Set Tokens:Issuer to {address} on every process; or, if {discovery.Issuer} is right, give clients, and this command, that address.");
        }
        else if (discovery.JwksUri is null || !Uri.TryCreate(discovery.JwksUri, UriKind.Absolute, out var keys) || keys.Scheme != facts.Server.Scheme)
        {
            yield return Finding.Failure(
                "discovery-broken", $"{address}/.well-known/openid-configuration names no jwks_uri of the same scheme.",
                "Verifiers don't find the keys, or would fetch them over plain HTTP.",
                "Let the gateway pass the document on as it is.");
        }
    }
}
