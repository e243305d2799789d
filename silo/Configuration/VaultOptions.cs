namespace Tumbler.Silo.Configuration;

/// <summary>The secret manager. What is set here is never itself in it.</summary>
/// <param name="Address">https, or http to this machine.</param>
/// <param name="Namespace">Of Vault Enterprise; null for none.</param>
/// <param name="Token">Gives the token, as its file has it now; null when it can't be read. Unused with <paramref name="Kubernetes"/>.</param>
/// <param name="Kubernetes">Logs in by the pod's service account; null with a token.</param>
/// <param name="Authorities">PEM with the CA certificates that sign Vault's, or null for those that the machine trusts.</param>
/// <param name="RefreshEvery">How often its secrets are read again, 10 s to 24 h; default 5 min.</param>
public sealed record VaultOptions(
    Uri Address, string? Namespace, Func<SecretText?> Token, KubernetesLogin? Kubernetes, string? Authorities, TimeSpan RefreshEvery)
{
    internal const string AddressSetting = "Vault:Address";
    internal const string TokenSetting = "Vault:Token";
    internal const string AuthoritiesSetting = "Vault:Authorities";
    internal const string TokenPathSetting = "Vault:Kubernetes:TokenPath";
    private const string NamespaceSetting = "Vault:Namespace";
    private const string RoleSetting = "Vault:Kubernetes:Role";
    private const string MountSetting = "Vault:Kubernetes:Mount";
    private const string DefaultTokenPath = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    /// <returns>Null when there is none, or after an error.</returns>
    internal static VaultOptions? Read(SettingsReader settings)
    {
        var before = settings.Errors.Count;
        var address = ReadAddress(settings);
        var (role, mount, path) = (settings.Name(RoleSetting), settings.Text(MountSetting) ?? "kubernetes", settings.FullPath(TokenPathSetting) ?? DefaultTokenPath);
        var space = settings.Text(NamespaceSetting);
        var authorities = settings.FullPath(AuthoritiesSetting);
        var every = settings.Duration("Vault:RefreshEvery", TimeSpan.FromSeconds(10), TimeSpan.FromHours(24)) ?? TimeSpan.FromMinutes(5);
        var token = settings.OptionalSecret(TokenSetting, Header);
        if (space is not null && Header(space) is { } complaint)
            settings.Error(NamespaceSetting, complaint);
        if (mount.Split('/').Any(part => part is "" or "." or "..") || Header(mount) is not null)
            settings.Error(MountSetting, "must be where Vault has its Kubernetes login, such as kubernetes");
        if (authorities is not null && !File.Exists(authorities))
            settings.Error(AuthoritiesSetting, $"the file {authorities} does not exist");
        if (address is null)
            RefuseWithoutAddress(settings);
        else if (role is null && token is null && settings.Errors.Count == before)
            settings.Error(AddressSetting, $"needs {TokenSetting}_FILE or {RoleSetting}");
        else if (role is not null && token is not null)
            settings.Error(RoleSetting, $"is given, and {TokenSetting} too; give one of them");
        if (address is null || settings.Errors.Count > before)
            return null;

        var file = settings.FileOf(TokenSetting);
        return new VaultOptions(
            address, space, () => file is null ? token : SecretFile.TryRead(file, out var text) is null ? new SecretText(text!) : null,
            role is null ? null : new KubernetesLogin(role, mount, path), authorities, every);
    }

    private static Uri? ReadAddress(SettingsReader settings)
    {
        if (settings.Text(AddressSetting) is not { } text)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            settings.Error(AddressSetting, "must be an absolute https URL without user, query and fragment");
        else if (url.Scheme == Uri.UriSchemeHttp && !HostNames.IsLoopback(url.IdnHost))
            settings.Error(AddressSetting, "must be https: secrets would travel unprotected");
        else
            return url;
        return null;
    }

    private static void RefuseWithoutAddress(SettingsReader settings)
    {
        foreach (var name in (string[])[TokenSetting, $"{TokenSetting}_FILE", RoleSetting, MountSetting, TokenPathSetting, NamespaceSetting, AuthoritiesSetting])
        {
            if (settings.IsGiven(name) && !settings.IsGiven(AddressSetting))
                settings.Error(name, $"is given, but {AddressSetting} is not");
        }
    }

    private static string? Header(string text) =>
        text.All(letter => letter is > ' ' and < '\x7f') ? null : "must be printable ASCII without spaces";
}
