using System.Net.Http.Headers;
using Tumbler.Cli.Calls;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Cli.Servers;

/// <summary>Who asks. What kind of credential it is shows in its form.</summary>
internal sealed class Credential
{
    private const int MaxLength = 8192;

    private readonly string secret;
    private readonly string header;

    private Credential(string secret, string header) => (this.secret, this.header) = (secret, header);

    /// <param name="place">Where it comes from, for the message when it is none.</param>
    public static Outcome<Credential> Parse(string secret, string place)
    {
        if (secret.Length is 0 or > MaxLength || secret.Any(c => c is < '!' or > '~'))
        {
            return new Failure(
                ExitCode.BadData, $"{place} holds no credential.",
                $"It holds an admin key, an access token or an API key: one line of 1 to {MaxLength} printable ASCII characters without a space.");
        }

        return new Credential(secret, ApiKeyText.TryParse(secret, out _) ? "X-API-Key" : IsToken(secret) ? "Authorization" : "X-Admin-Key");
    }

    public void AddTo(HttpRequestHeaders headers) =>
        headers.TryAddWithoutValidation(header, header == "Authorization" ? $"Bearer {secret}" : secret);

    public override string ToString() => $"****{(secret.Length >= 16 ? secret[^4..] : "")}";

    /// <summary>Three parts, of which the first begins as every JSON object does in base64url.</summary>
    private static bool IsToken(string text) => text.StartsWith("eyJ", StringComparison.Ordinal) && text.Count(c => c == '.') == 2;
}
