namespace Tumbler.Silo.Configuration;

/// <param name="Key">What administrators send as <c>X-Admin-Key</c>: at least 32 characters of <c>[A-Za-z0-9_-]</c>.
/// Null: self-made, in development only.</param>
/// <param name="PreviousKey">The one before, which is accepted as well while administrators change to the new one; null for none.</param>
public sealed record AdminOptions(SecretText? Key, SecretText? PreviousKey)
{
    internal const string Section = "Admin:";
    internal const string KeySetting = "Admin:Key";
    private const string PreviousSetting = "Admin:PreviousKey";

    internal static AdminOptions Read(SettingsReader settings) =>
        new(settings.Secret(KeySetting, SecretRules.AdminKey), settings.OptionalSecret(PreviousSetting, SecretRules.AdminKey));
}
