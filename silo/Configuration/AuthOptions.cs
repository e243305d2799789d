using Tumbler.Contracts.Input;
using Tumbler.Core.Addresses;

namespace Tumbler.Silo.Configuration;

/// <summary>How registered clients authenticate at the token endpoint.</summary>
/// <param name="ClientCertificateHeader">In which header a trusted proxy passes on a client's certificate; default <c>X-Client-Cert</c>.
/// The proxy must take away what its own callers write there.</param>
/// <param name="ClientAuthorities">PEM with the CA certificates that sign those of clients; null: no client is known by one. The file is
/// read again when it changes.</param>
/// <param name="AllowedNetworks">Inner networks from which the keys of clients may be fetched; none by default.</param>
public sealed record AuthOptions(string ClientCertificateHeader, string? ClientAuthorities, AddressList AllowedNetworks)
{
    internal const string HeaderSetting = "Auth:ClientCertificateHeader";
    internal const string AuthoritiesSetting = "Auth:ClientAuthorities";
    internal const string NetworksSetting = "Auth:JwksUri:AllowedNetworks";
    private const string DefaultHeader = "X-Client-Cert";

    internal static AuthOptions Read(SettingsReader settings) =>
        new(ReadHeader(settings), settings.FullPath(AuthoritiesSetting), ReadNetworks(settings));

    private static string ReadHeader(SettingsReader settings)
    {
        var name = settings.Text(HeaderSetting) ?? DefaultHeader;
        if (name.Length > 64 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-'))
            settings.Error(HeaderSetting, "must be a header's name: 1 to 64 letters, digits and -");
        return name;
    }

    private static AddressList ReadNetworks(SettingsReader settings)
    {
        var given = settings.List(NetworksSetting);
        foreach (var text in given.Where(text => !InputRules.IsAddressBlock(text)))
            settings.Error(NetworksSetting, $"{text} must be an address, or a CIDR block such as 10.0.0.0/8");
        return new AddressList(given.Where(InputRules.IsAddressBlock));
    }
}
