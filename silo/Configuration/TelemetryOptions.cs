using Tumbler.Api.Credentials;
using Tumbler.Api.Metrics;
using Tumbler.Contracts.Input;
using Tumbler.Core.Addresses;

namespace Tumbler.Silo.Configuration;

/// <param name="MetricsToken">What scrapers send as <c>Authorization: Bearer</c>: at least 32 characters of <c>[A-Za-z0-9_-]</c>. Null: none
/// does.</param>
/// <param name="AllowedAddresses">Addresses and CIDR blocks that may read metrics without it; default none. Behind a proxy that is not
/// in <c>Proxies:Trusted</c> everybody has its address.</param>
/// <param name="HealthDetailsClosed">Whether only they see what health has checked; default in production.</param>
/// <param name="Otlp">Null: nothing is pushed.</param>
public sealed record TelemetryOptions(SecretText? MetricsToken, AddressList AllowedAddresses, bool HealthDetailsClosed, OtlpOptions? Otlp)
{
    internal const string MetricsTokenSetting = "Telemetry:MetricsToken";
    private const string AddressesSetting = "Telemetry:AllowedAddresses";

    /// <summary>Who may read metrics. One for the process: it can be given another token.</summary>
    internal MetricsAccess Access() => new(Token(), AllowedAddresses);

    internal AdminKeyCheck? Token() => MetricsToken is null ? null : AdminKeyCheck.For(MetricsToken.Reveal());

    internal static TelemetryOptions Read(SettingsReader settings) => new(
        settings.OptionalSecret(MetricsTokenSetting, SecretRules.AdminKey),
        new AddressList(settings.List(AddressesSetting).Where(text => IsGood(settings, text)).ToList()),
        (settings.OneOf<HealthDetails>("Health:Details") ?? (settings.Development ? HealthDetails.Anyone : HealthDetails.Authorized)) == HealthDetails.Authorized,
        OtlpOptions.Read(settings));

    private static bool IsGood(SettingsReader settings, string text)
    {
        if (!InputRules.IsAddressBlock(text))
            settings.Error(AddressesSetting, $"{text} must be an address or a CIDR block such as 10.0.0.0/8 or fd00::/8");
        else if (!settings.Development && AddressList.IsEverything(text))
            settings.Error(AddressesSetting, $"{text} is everybody, which production refuses; name the scrapers");
        else
            return true;
        return false;
    }
}
