using Microsoft.Extensions.Configuration;
using Tumbler.Api.Configuration;
using Tumbler.Api.Credentials;
using Tumbler.Api.CrossOrigin;
using Tumbler.Api.Metrics;
using Tumbler.Engine;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Migration;
using Tumbler.Silo.Configuration;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Reload;

/// <summary>What of a silo can go on with other settings.</summary>
/// <param name="Source">Where they come from.</param>
/// <param name="Read">How they are read.</param>
/// <param name="Started">What the silo started with.</param>
internal sealed record SiloReload(
    SettingsSource Source, Func<IConfiguration, SettingsReader, SiloSettings> Read, (SiloSettings Settings, SettingsReader Reader) Started)
{
    public ShownSettings Shown { get; } = new();

    public AdminKeyCheck AdminKeys { get; } = AdminKeyCheck.For();

    public AllowedOrigins Origins { get; } = new(Started.Settings.Edge.Cors.Origins);

    public MetricsAccess Metrics { get; } = Started.Settings.Edge.Telemetry.Access();

    public void AddTo(IServiceCollection services, SiloParts parts)
    {
        AdminKeys.Replace(Keys(Started.Settings, parts.Secrets));
        Show(parts, Started.Settings, Started.Reader);
        services.AddHostedService(provider => new ReloadWatch(
            New(provider, parts), Source.Secrets, TimeProvider.System, provider.GetRequiredService<ILogger<ReloadWatch>>()));
    }

    /// <summary>In this list stands everything that S4 promises; whoever holds something else that may change adds it here.</summary>
    private IReadOnlyList<ReloadablePart> Parts(IServiceProvider provider, SiloParts parts) =>
    [
        new(AdminOptions.Section, (settings, _) => () => AdminKeys.Replace(Keys(settings, parts.Secrets))),
        new(ProtectionOptions.Prefix, (settings, errors) =>
            SiloCertificates.TryLoad(settings, parts.Clock, provider.GetRequiredService<ILogger<CmsKeyProtector>>(), errors) is { } certificates
                ? () => parts.Protector.Replace(certificates.Own, certificates.Recipients)
                : () => { }),
        new(CorsOptions.Setting, (settings, _) => () => Origins.Replace(settings.Edge.Cors.Origins)),
        new(TelemetryOptions.MetricsTokenSetting, (settings, _) => () => Metrics.Replace(settings.Edge.Telemetry.Token())),
        new(MigrationOptions.Section, (settings, _) =>
        {
            var (keys, setup) = (provider.GetRequiredService<SharedKeys>(), settings.Migration.Setup(parts.Clock.Now()));
            return () => keys.Replace(setup);
        }),
    ];

    private SettingsReload New(IServiceProvider provider, SiloParts parts) => new(
        Source, Read, Started, Parts(provider, parts), provider.GetRequiredService<NodeLogWriter>().Configured,
        (settings, reader) => Show(parts, settings, reader), provider.GetRequiredService<ILogger<SettingsReload>>());

    /// <summary>In development the self-made key is what it was.</summary>
    private static IEnumerable<string> Keys(SiloSettings settings, SiloSecrets secrets) =>
        ((SecretText?[])[settings.Admin.Key ?? secrets.AdminKey, settings.Admin.PreviousKey]).OfType<SecretText>().Select(key => key.Reveal());

    private void Show(SiloParts parts, SiloSettings settings, SettingsReader reader)
    {
        var views = reader.Given.Values.Select(setting => new SettingView(setting.Name, setting.Shown, setting.Source, setting.Kind != SettingKind.Plain))
            .Concat(reader.NotGiven.Select(name => parts.Secrets.SelfMade(name) is { } secret
                ? new SettingView(name, secret, "self-made", true)
                : new SettingView(name, null, "default", false)));
        Shown.Replace(new ConfigView(
            settings.Audit.Node.Value, settings.Development ? "development" : "production", parts.Clock.Now(),
            [.. views.OrderBy(view => view.Name, StringComparer.OrdinalIgnoreCase)]));
    }
}
