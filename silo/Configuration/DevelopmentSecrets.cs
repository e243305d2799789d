using System.Buffers.Text;
using Tumbler.Engine;

namespace Tumbler.Silo.Configuration;

/// <summary>Makes the secrets that a developer did not give, once, in the data directory; readable by their owner only.</summary>
internal sealed class DevelopmentSecrets(DataDirectory directory, ICollection<SettingError> errors)
{
    public const string AdminKeyFile = "admin.key";
    private const string HashKeyFile = "api-keys.key";
    private const string AuditKeyFile = "audit.key";

    // 256 bits, and in base64url without padding 43 characters of the admin key's alphabet.
    private const int SecretBytes = 32;

    public SecretText AdminKey(out bool isNew) =>
        Take(AdminOptions.KeySetting, AdminKeyFile, () => Base64Url.EncodeToString(Chance.Bytes(SecretBytes)), SecretRules.AdminKey, out isNew);

    public SecretText HashKey() =>
        Take(ApiKeyOptions.HashKeySetting, HashKeyFile, NewBase64Key, SecretRules.Base64Key, out _);

    public SecretText AuditKey() =>
        Take(AuditOptions.KeySetting, AuditKeyFile, NewBase64Key, SecretRules.Base64Key, out _);

    private static string NewBase64Key() => Convert.ToBase64String(Chance.Bytes(SecretBytes));

    private SecretText Take(string setting, string file, Func<string> make, Func<string, string?> rule, out bool isNew)
    {
        isNew = !directory.Has(file);
        if (isNew)
            directory.Write(file, make() + "\n");
        var secret = SecretFile.TrimNewline(directory.Read(file));
        if (directory.IsOpenToOthers(file))
            errors.Add(new SettingError(setting, $"is not secret: others may use {directory.PathOf(file)}; chmod 600 it"));
        if (rule(secret) is { } complaint)
            errors.Add(new SettingError(setting, $"{complaint}; it stands in {directory.PathOf(file)}"));
        return new SecretText(secret);
    }
}
