using System.Security.Cryptography.X509Certificates;
using Tumbler.Silo.Configuration;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Clients;

/// <summary>Who signs the certificates of clients, as the file says now. What can't be read later does not replace what could.</summary>
public sealed partial class ClientAuthorities
{
    private readonly string path;
    private readonly ILogger log;
    private volatile X509Certificate2Collection current;
    private string? complaint;

    private ClientAuthorities(string path, X509Certificate2Collection current, ILogger log) =>
        (this.path, this.current, this.log) = (path, current, log);

    public X509Certificate2Collection Current => current;

    /// <returns>Null with an error.</returns>
    public static ClientAuthorities? Load(string path, ILogger log, List<SettingError> errors)
    {
        if (SiloCertificateFiles.TryLoadAuthorities(path, out var authorities, out var problem))
            return new ClientAuthorities(path, authorities, log);
        errors.Add(new SettingError(AuthOptions.AuthoritiesSetting, problem));
        return null;
    }

    /// <summary>Takes what the file holds now.</summary>
    public void Look()
    {
        if (SiloCertificateFiles.TryLoadAuthorities(path, out var authorities, out var problem)
            && !authorities.Select(each => each.Thumbprint).SequenceEqual(current.Select(each => each.Thumbprint), StringComparer.Ordinal))
        {
            current = authorities;
            LogReplaced(authorities.Count);
        }

        if (problem is not null && problem != complaint)
            LogKept(AuthOptions.AuthoritiesSetting, problem);
        complaint = problem;
    }

    [LoggerMessage(LogLevel.Information, "Clients are known by {Count} authorities from now on.")]
    private partial void LogReplaced(int count);

    [LoggerMessage(LogLevel.Error, "{Setting}: {Problem} The ones from before stay.")]
    private partial void LogKept(string setting, string problem);
}
