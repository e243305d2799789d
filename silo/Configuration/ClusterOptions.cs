using System.Globalization;
using System.Net;

namespace Tumbler.Silo.Configuration;

/// <param name="Id">Silos with the same id, Redis and database form one cluster; default <c>tumbler</c>.</param>
/// <param name="SiloName">How this silo is named in answers and logs; default the machine's name and the silo's port.</param>
/// <param name="Address">Where the other silos reach this one; default <c>127.0.0.1</c>.</param>
/// <param name="SiloPort">Its TCP port for the other silos; default 11111.</param>
/// <param name="Redis">As StackExchange.Redis has it, with password. Redis holds who is a member, and the reminders.</param>
/// <param name="RedisAuthorities">PEM with the CA certificates that sign Redis's, or null for those that the machine trusts.</param>
/// <param name="Tls">Null only where silos talk over the loopback interface.</param>
/// <param name="ExpectedSilos">How many silos there should be, 1 to 1000, for <c>/metrics</c>; null where nobody has said.</param>
/// <param name="Dashboard">Whether administrators find Orleans' dashboard at <c>/dashboard/</c>; default false.</param>
public sealed record ClusterOptions(
    string Id,
    string SiloName,
    IPAddress Address,
    int SiloPort,
    SecretText Redis,
    string? RedisAuthorities,
    ClusterTlsOptions? Tls,
    int? ExpectedSilos,
    bool Dashboard)
{
    internal const string IdSetting = "Cluster:Id";
    internal const string AddressSetting = "Cluster:SiloAddress";
    internal const string PortSetting = "Cluster:SiloPort";
    private const string ExpectedSetting = "Cluster:ExpectedSilos";
    internal const string RedisSetting = "Cluster:Redis:ConnectionString";
    internal const string RedisAuthoritiesSetting = "Cluster:Redis:Authorities";

    /// <returns>Null when the engine is the single one, or after an error.</returns>
    internal static ClusterOptions? Read(SettingsReader settings, EngineKind kind, StorageKind storage)
    {
        var id = settings.Name(IdSetting) ?? "tumbler";
        var port = settings.Integer(PortSetting) ?? 11111;
        var name = settings.Name("Cluster:SiloName");
        var address = ReadAddress(settings);
        var redisAuthorities = settings.FullPath(RedisAuthoritiesSetting);
        var tls = ClusterTlsOptions.Read(settings);
        var expected = settings.Integer(ExpectedSetting);
        var dashboard = settings.Boolean("Cluster:Dashboard") ?? false;
        if (expected is < 1 or > 1000)
            settings.Error(ExpectedSetting, "must be a number of silos, 1 to 1000");
        if (kind != EngineKind.Cluster)
        {
            settings.RefuseGiven(RedisSetting, "is given, but Engine:Kind is not cluster");
            return null;
        }

        if (storage != StorageKind.Postgres)
            settings.Error(StorageOptions.KindSetting, "must be postgres when Engine:Kind is cluster; silos share one database");
        if (port is < 1 or > IPEndPoint.MaxPort)
            settings.Error(PortSetting, "must be a port, 1 to 65535");
        if (tls is null && !IPAddress.IsLoopback(address))
            settings.Error(ClusterTlsOptions.CertificateSetting, $"is required, because {AddressSetting} is not a loopback address");
        var redis = settings.Secret(
            RedisSetting, text => settings.Development ? null : DefaultPasswords.OfRedis(text), selfMade: false, SettingKind.HoldsSecret);
        return redis is null
            ? null
            : new ClusterOptions(id, name ?? DefaultName(port), address, port, redis, redisAuthorities, tls, expected, dashboard);
    }

    private static string DefaultName(int port) => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{port}");

    private static IPAddress ReadAddress(SettingsReader settings)
    {
        if (settings.Text(AddressSetting) is not { } text)
            return IPAddress.Loopback;
        if (IPAddress.TryParse(text, out var address) && !HostNames.IsAny(text))
            return address;
        settings.Error(AddressSetting, "must be the IP address at which the other silos reach this one");
        return IPAddress.Loopback;
    }
}
