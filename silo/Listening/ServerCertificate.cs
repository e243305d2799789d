using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Silo.Configuration;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Listening;

/// <summary>What https addresses show, as its file says now. What can't be used later does not replace what can.</summary>
public sealed partial class ServerCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Enough for somebody to come back from holidays.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    private static readonly TimeSpan WarningPause = TimeSpan.FromDays(1);

    private readonly ListenTlsOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private volatile Shown current;
    private string? complaint;
    private DateTimeOffset warned = DateTimeOffset.MinValue;

    private ServerCertificate(ListenTlsOptions options, Shown current, TimeProvider clock, ILogger log) =>
        (this.options, this.current, this.clock, this.log) = (options, current, clock, log);

    public X509Certificate2 Own => current.File.Own;

    /// <summary>With its chain, which a certificate alone would not bring.</summary>
    public SslStreamCertificateContext Context => current.Context;

    /// <returns>Null with an error.</returns>
    public static ServerCertificate? Load(ListenTlsOptions options, TimeProvider clock, ILogger log, List<SettingError> errors)
    {
        var (file, problem) = Read(options, clock.GetUtcNow());
        if (problem is not null)
            errors.Add(new SettingError(ListenTlsOptions.Setting, problem));
        return file is null ? null : new ServerCertificate(options, new Shown(file), clock, log);
    }

    /// <summary>Takes what the file holds now, if it can be used. Of a file that is just being written the next look sees the rest.</summary>
    public void Look()
    {
        var now = clock.GetUtcNow();
        var (file, problem) = Read(options, now);
        if (file is not null && file != current.File)
        {
            // The old one is not disposed of: a handshake may be about to use it.
            current = new Shown(file);
            LogReplaced(file.Own.Thumbprint, At(file.Own));
        }

        if (problem is not null && problem != complaint)
            LogKept(ListenTlsOptions.Setting, problem);
        complaint = problem;

        if (Own.NotAfter.ToUniversalTime() - now.UtcDateTime < Notice && now - warned >= WarningPause)
        {
            warned = now;
            LogExpires(ListenTlsOptions.Setting, At(Own));
        }
    }

    private static (ServerCertificateFile? File, string? Problem) Read(ListenTlsOptions options, DateTimeOffset now)
    {
        if (!ServerCertificateFile.TryLoad(options.Certificate, options.Password?.Reveal(), out var file, out var problem))
            return (null, problem);
        return Problem(file.Own, now) is { } wrong ? (null, $"The certificate '{options.Certificate}' {wrong}.") : (file, null);
    }

    private static string? Problem(X509Certificate2 own, DateTimeOffset now)
    {
        if (now.UtcDateTime > own.NotAfter.ToUniversalTime())
            return $"expired {At(own)}";
        return own.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } uses
            && !uses.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Any(use => use.Value == ServerAuthentication)
                ? "is not for servers (extended key usage)"
                : null;
    }

    private static string At(X509Certificate2 certificate) =>
        certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Information, "New https connections are shown the certificate {Thumbprint}, which expires {NotAfter}.")]
    private partial void LogReplaced(string thumbprint, string notAfter);

    [LoggerMessage(LogLevel.Error, "{Setting}: {Problem} The one from before stays.")]
    private partial void LogKept(string setting, string problem);

    [LoggerMessage(LogLevel.Warning, "{Setting}: The certificate expires {NotAfter}; then clients refuse this server.")]
    private partial void LogExpires(string setting, string notAfter);

    private sealed class Shown(ServerCertificateFile file)
    {
        public ServerCertificateFile File => file;

        // Offline: what is missing in the file is not fetched from whatever address a certificate names.
        public SslStreamCertificateContext Context { get; } = SslStreamCertificateContext.Create(file.Own, file.Chain, offline: true);
    }
}
