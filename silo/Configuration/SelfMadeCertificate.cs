using System.Security.Cryptography;

namespace Tumbler.Silo.Configuration;

/// <summary>Development's certificates, made at the first start and kept in the data directory.</summary>
internal static class SelfMadeCertificate
{
    /// <summary>The file's path, or null after an error.</summary>
    /// <param name="setting">What would name a certificate that was given.</param>
    /// <param name="create">Makes a PFX without a password.</param>
    public static string? In(DataDirectory directory, string file, string setting, Func<byte[]> create, List<SettingError> errors)
    {
        try
        {
            if (!directory.Has(file))
            {
                var pfx = create();
                directory.Write(file, pfx);
                CryptographicOperations.ZeroMemory(pfx);
            }

            if (!directory.IsOpenToOthers(file))
                return directory.PathOf(file);
            errors.Add(new SettingError(setting, $"is not secret: others may use {directory.PathOf(file)}; chmod 600 it"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SettingError(StorageOptions.DirectorySetting, $"can't be used: {e.Message}"));
        }

        return null;
    }
}
