using System.Diagnostics.CodeAnalysis;
using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Servers;

/// <summary>Where a server is: scheme, host and port.</summary>
internal static class ServerAddress
{
    /// <summary>For servers in a network that nobody else is in.</summary>
    public const string HttpVariable = "TUMBLER_ALLOW_HTTP";

    public static Outcome<Uri> Parse(string text, CliCall call)
    {
        if (!TryParse(text, out var address))
        {
            return new Failure(
                ExitCode.Usage, $"'{text}' is no address of a server.", "It is written https://tokens.example or http://127.0.0.1:8080.");
        }

        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || call.Variable(HttpVariable) is "true"
            ? address
            : new Failure(
                ExitCode.Usage, $"{Text(address)} is not encrypted: whoever is on the way reads the credential.",
                $"Use https, or set {HttpVariable}=true in a network that is yours alone.");
    }

    public static bool IsSame(string text, Uri address) => TryParse(text, out var other) && Text(other) == Text(address);

    public static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address is { PathAndQuery: "/", UserInfo: "", Fragment: "" };
}
