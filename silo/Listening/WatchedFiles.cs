using Tumbler.Silo.Clients;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Listening;

/// <summary>Files of the edge that may change while it runs.</summary>
/// <param name="Certificate">Null where no address is https.</param>
/// <param name="Authorities">Null where no client is known by a certificate that somebody else has signed.</param>
internal sealed record WatchedFiles(ServerCertificate? Certificate, ClientAuthorities? Authorities)
{
    /// <returns>Null after it complained.</returns>
    public static WatchedFiles? Load(SiloSettings settings, ILoggerFactory logging, Complaints complaints)
    {
        var errors = new List<SettingError>();
        var loaded = TryLoad(settings, logging, errors);
        if (loaded is null)
            complaints.Add(errors);
        return loaded;
    }

    /// <param name="errors">Gets what is wrong.</param>
    /// <inheritdoc cref="Load"/>
    public static WatchedFiles? TryLoad(SiloSettings settings, ILoggerFactory logging, List<SettingError> errors)
    {
        var before = errors.Count;
        var certificate = settings.Listen.Tls is { } tls
            ? ServerCertificate.Load(tls, TimeProvider.System, logging.CreateLogger<ServerCertificate>(), errors)
            : null;
        var authorities = settings.Auth.ClientAuthorities is { } path
            ? ClientAuthorities.Load(path, logging.CreateLogger<ClientAuthorities>(), errors)
            : null;
        return errors.Count == before ? new WatchedFiles(certificate, authorities) : null;
    }

    /// <summary>Takes what has changed.</summary>
    public void Look()
    {
        Certificate?.Look();
        Authorities?.Look();
    }
}
