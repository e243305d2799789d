using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Grains.Members;
using Tumbler.Silo.Configuration;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Members;

/// <summary>The silo's certificate and its authorities, as their files say now. What can't be used later does not replace what can:
/// the cluster goes on with the last good ones.</summary>
public sealed partial class SiloTlsFiles : ISiloCertificates
{
    /// <summary>Enough for somebody to come back from holidays.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    private static readonly TimeSpan WarningPause = TimeSpan.FromDays(1);

    private readonly ClusterTlsOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private volatile Loaded current;
    private string? complaint;
    private DateTimeOffset warned = DateTimeOffset.MinValue;

    private SiloTlsFiles(ClusterTlsOptions options, Loaded current, TimeProvider clock, ILogger log) =>
        (this.options, this.current, this.clock, this.log) = (options, current, clock, log);

    public X509Certificate2 Own => current.Own;

    public X509Certificate2Collection Authorities => current.Authorities;

    /// <returns>Null with errors.</returns>
    public static SiloTlsFiles? Load(ClusterTlsOptions options, TimeProvider clock, ILogger log, List<SettingError> errors)
    {
        var (loaded, error) = Read(options, clock.GetUtcNow());
        if (error is not null)
            errors.Add(error);
        return loaded is null ? null : new SiloTlsFiles(options, loaded, clock, log);
    }

    /// <summary>Takes what the files hold now, if it can be used. Of a file that is just being written the next look sees the rest.</summary>
    public void Look()
    {
        var now = clock.GetUtcNow();
        var (loaded, error) = Read(options, now);
        if (loaded is not null && !loaded.Equals(current))
        {
            // The old ones are not disposed of: a connection may be about to use them.
            current = loaded;
            LogReplaced(loaded.Own.Thumbprint, At(loaded.Own));
        }

        if (error?.ToString() != complaint && error is not null)
            LogKept(error.Name, error.Message);
        complaint = error?.ToString();

        if (Own.NotAfter.ToUniversalTime() - now.UtcDateTime < Notice && now - warned >= WarningPause)
        {
            warned = now;
            LogExpires(ClusterTlsOptions.CertificateSetting, At(Own));
        }
    }

    private static (Loaded? Loaded, SettingError? Error) Read(ClusterTlsOptions options, DateTimeOffset now)
    {
        if (!SiloCertificateFiles.TryLoadAuthorities(options.Authorities, out var authorities, out var problem))
            return (null, new SettingError(ClusterTlsOptions.AuthoritiesSetting, problem));
        if (!SiloCertificateFiles.TryLoad(options.Certificate, options.Password?.Reveal(), out var own, out problem))
            return (null, new SettingError(ClusterTlsOptions.CertificateSetting, problem));
        if (Trust.Problem(own, authorities, now) is not { } wrong)
            return (new Loaded(own, authorities), null);
        own.Dispose();
        return (null, new SettingError(ClusterTlsOptions.CertificateSetting, $"The certificate '{options.Certificate}' {wrong}."));
    }

    private static string At(X509Certificate2 certificate) =>
        certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Information, "New connections between silos use the certificate {Thumbprint}, which expires {NotAfter}, and its authorities.")]
    private partial void LogReplaced(string thumbprint, string notAfter);

    [LoggerMessage(LogLevel.Error, "{Setting}: {Problem} Silos go on with what they had.")]
    private partial void LogKept(string setting, string problem);

    [LoggerMessage(LogLevel.Warning, "{Setting}: The certificate expires {NotAfter}; then this silo is no member any more.")]
    private partial void LogExpires(string setting, string notAfter);

    private sealed record Loaded(X509Certificate2 Own, X509Certificate2Collection Authorities)
    {
        public bool Equals(Loaded? other) => other is not null
            && Own.RawData.AsSpan().SequenceEqual(other.Own.RawData)
            && Authorities.Select(each => each.Thumbprint).SequenceEqual(other.Authorities.Select(each => each.Thumbprint), StringComparer.Ordinal);

        public override int GetHashCode() => Own.GetHashCode();
    }
}
