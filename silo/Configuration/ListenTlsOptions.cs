namespace Tumbler.Silo.Configuration;

/// <summary>What https addresses show their callers. The file is read again when it changes.</summary>
/// <param name="Certificate">PFX, or PEM with certificate, private key and chain.</param>
/// <param name="Password">Of the certificate's file, or null.</param>
public sealed record ListenTlsOptions(string Certificate, SecretText? Password)
{
    internal const string Setting = "Listen:Certificate:Path";
    private const string PasswordSetting = "Listen:Certificate:PasswordFile";

    /// <param name="needed">Whether there is an https address.</param>
    /// <returns>Null when none is given, or after an error.</returns>
    internal static ListenTlsOptions? Read(SettingsReader settings, bool needed)
    {
        var (path, password) = (settings.FullPath(Setting), settings.FileSecret(PasswordSetting));
        if (path is null && needed)
            settings.Error(Setting, $"is required, because {ListenOptions.Setting} has an https address");
        else if (path is null && password is not null)
            settings.Error(Setting, "is required with its PasswordFile");
        else if (path is not null && !needed)
            settings.Error(Setting, $"is given, but {ListenOptions.Setting} has no https address");
        else
            return path is null ? null : new ListenTlsOptions(path, password);
        return null;
    }
}
