using Tumbler.Contracts.Input;
using Tumbler.Core.Addresses;
using Tumbler.Core.Proxies;

namespace Tumbler.Silo.Configuration;

/// <param name="Trusted">Addresses and CIDR blocks of the proxies in front, and <c>unix</c> for those that come by a Unix socket;
/// default none. From these X-Forwarded-For and X-Forwarded-Proto are believed: with too many of them anybody chooses the address
/// that limits, allow-lists and the audit log go by; with too few all clients have the proxy's.</param>
public sealed record ProxyOptions(TrustedProxies Trusted)
{
    internal const string TrustedSetting = "Proxies:Trusted";
    private const string Sockets = "unix";

    internal static ProxyOptions Read(SettingsReader settings)
    {
        var given = settings.List(TrustedSetting);
        var blocks = given.Where(text => text != Sockets).Where(text => IsGood(settings, text)).ToList();
        return new ProxyOptions(new TrustedProxies(new AddressList(blocks), given.Contains(Sockets)));
    }

    private static bool IsGood(SettingsReader settings, string text)
    {
        if (!InputRules.IsAddressBlock(text))
            settings.Error(TrustedSetting, $"{text} must be an address, a CIDR block such as 10.0.0.0/8 or fd00::/8, or {Sockets}");
        else if (!settings.Development && AddressList.IsEverything(text))
            settings.Error(TrustedSetting, $"{text} is everybody, which production refuses; name the proxies");
        else
            return true;
        return false;
    }
}
