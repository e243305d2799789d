namespace Tumbler.Cli.Doctor;

/// <summary>The certificate that the server, or what stands before it, shows.</summary>
/// <param name="NamesServer">Whether it is for the host that was asked for.</param>
/// <param name="Distrust">Why this machine does not trust it, but for its time and its names; null when it does.</param>
internal sealed record CertificateFacts(string Subject, DateTimeOffset NotBefore, DateTimeOffset NotAfter, bool NamesServer, string? Distrust)
{
    /// <summary>Whether a credential may be sent to whoever shows it.</summary>
    public bool IsGood(DateTimeOffset now) => NamesServer && Distrust is null && now >= NotBefore && now < NotAfter;
}
