namespace Tumbler.Silo.Configuration;

/// <summary>How registered clients authenticate at the token endpoint.</summary>
/// <param name="ClientCertificateHeader">In which header a trusted proxy passes on a client's certificate; default <c>X-Client-Cert</c>.
/// The proxy must take away what its own callers write there.</param>
public sealed record AuthOptions(string ClientCertificateHeader)
{
    internal const string HeaderSetting = "Auth:ClientCertificateHeader";
    private const string DefaultHeader = "X-Client-Cert";

    internal static AuthOptions Read(SettingsReader settings) => new(ReadHeader(settings));

    private static string ReadHeader(SettingsReader settings)
    {
        var name = settings.Text(HeaderSetting) ?? DefaultHeader;
        if (name.Length > 64 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-'))
            settings.Error(HeaderSetting, "must be a header's name: 1 to 64 letters, digits and -");
        return name;
    }
}
