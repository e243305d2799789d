using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Listening;

/// <summary>Files of the edge that may change while it runs.</summary>
/// <param name="Certificate">Null where no address is https.</param>
internal sealed record WatchedFiles(ServerCertificate? Certificate)
{
    /// <returns>Null after it complained.</returns>
    public static WatchedFiles? Load(SiloSettings settings, ILoggerFactory logging, Complaints complaints)
    {
        var errors = new List<SettingError>();
        var certificate = settings.Listen.Tls is { } tls
            ? ServerCertificate.Load(tls, TimeProvider.System, logging.CreateLogger<ServerCertificate>(), errors)
            : null;
        if (errors.Count == 0)
            return new WatchedFiles(certificate);
        complaints.Add(errors);
        return null;
    }

    /// <summary>Takes what has changed.</summary>
    public void Look() => Certificate?.Look();
}
