using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Silo.Secrets;

/// <summary>Where a secret manager keeps a secret: <c>secret/tumbler/prod#admin_key</c>.</summary>
/// <param name="Mount">Where the secrets engine is mounted.</param>
/// <param name="Path">Below it, with slashes.</param>
/// <param name="Field">Which of the secret's fields.</param>
public sealed record SecretAddress(string Mount, string Path, string Field)
{
    public const string Form = "must be mount/path#field, such as secret/tumbler#admin_key";

    private const int MaxLength = 512;

    public static bool TryParse(string text, [NotNullWhen(true)] out SecretAddress? address)
    {
        address = null;
        var (slash, sign) = (text.IndexOf('/', StringComparison.Ordinal), text.LastIndexOf('#'));
        if (text.Length > MaxLength || slash < 1 || sign <= slash + 1 || sign == text.Length - 1)
            return false;
        var (mount, path, field) = (text[..slash], text[(slash + 1)..sign], text[(sign + 1)..]);

        // Dots would be taken for a way up, by Vault or by a proxy before it.
        if (path.Split('/').Append(mount).Any(part => part is "" or "." or "..") || text.Any(letter => letter is <= ' ' or '\x7f' or '\\' or '?' or '*'))
            return false;
        address = new SecretAddress(mount, path, field);
        return true;
    }

    public override string ToString() => $"{Mount}/{Path}#{Field}";
}
