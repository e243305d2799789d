using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;

namespace Tumbler.Engine.Transfer;

/// <summary>The fields of an import, checked for their form.</summary>
internal sealed record TransferInput(
    KeyFormat Format, string Data, string Password, Kid? Kid, JwsAlgorithm? Algorithm, bool Signs, DateTimeOffset? ExpiresAt)
{
    private const int MinPassword = 16;
    private const int MaxPassword = 128;
    private const int MaxForeignPassword = 1024;

    public static TransferInput Of(InputCheck check, ImportKey request, DateTimeOffset now) => new(
        FormatOf(check, request.Format),
        DataOf(check, request.Data),
        ForeignPassword(check, request.Password),
        KidOf(check, request.Kid),
        check.OneOf<JwsAlgorithm>("algorithm", request.Algorithm),
        request.Signs ?? false,
        check.FutureTime("expires_at", request.ExpiresAt, now));

    public static KeyFormat FormatOf(InputCheck check, string? format)
    {
        if (format is null)
            check.Add("format", "required", "format is required.");
        return check.OneOf<KeyFormat>("format", format) ?? default;
    }

    /// <summary>ASCII, because programs differ in how they turn anything else into bytes.</summary>
    public static string NewPassword(InputCheck check, string? password)
    {
        if (password is null)
            check.Add("password", "required", "password is required.");
        else if (password.Length is < MinPassword or > MaxPassword || password.Any(c => c is < ' ' or > '~'))
            check.Add("password", "password", $"password must be {MinPassword} to {MaxPassword} printable ASCII characters.");
        return password ?? "";
    }

    private static string ForeignPassword(InputCheck check, string? password)
    {
        if (password is null)
            check.Add("password", "required", "password is required.");
        else if (password.Length is 0 or > MaxForeignPassword || password.Any(char.IsControl))
            check.Add("password", "password", $"password must be 1 to {MaxForeignPassword} characters without control characters.");
        return password ?? "";
    }

    private static string DataOf(InputCheck check, string? data)
    {
        if (data is null)
            check.Add("data", "required", "data is required.");
        else if (data.Length > KeyPackage.MaxSize)
            check.Add("data", "size", $"data must be at most {KeyPackage.MaxSize} characters; one key has less.");
        return data ?? "";
    }

    /// <summary>In the one spelling that the JWKS has: verifiers compare letter by letter.</summary>
    private static Kid? KidOf(InputCheck check, string? text)
    {
        if (text is null)
            return null;
        if (Contracts.Keys.Kid.TryParse(text, out var kid) && kid.ToString() == text)
            return kid;
        check.Add("kid", "uuid",
            "kid must be a UUID in lower case. A key whose tokens name it otherwise can't be verified by a JWKS of this server: keep publishing the old one until they have expired.");
        return null;
    }
}
