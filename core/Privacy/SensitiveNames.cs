using System.Collections.Frozen;

namespace Tumbler.Core.Privacy;

/// <summary>The dictionary: what names say of their values. Judged are a name's last words, however they are joined:
/// <c>client_secret</c>, <c>ClientSecret</c> and <c>X-Client-Secret</c> are secrets, <c>token_type</c> is none.</summary>
public static class SensitiveNames
{
    /// <summary>Of a longer name the end is judged.</summary>
    public const int MaxLength = 64;

    private static readonly FrozenDictionary<string, Sensitivity> Words = new Dictionary<Sensitivity, string>
    {
        [Sensitivity.Secret] = "password passwd pwd passphrase passcode secret token jwt authorization cookie credential credentials assertion "
            + "apikey adminkey privatekey sharedkey secretkey accesskey hashkey auditkey encryptionkey пароль секрет токен",
        [Sensitivity.Name] = "fullname firstname lastname middlename givenname familyname personname customername surname patronymic fio "
            + "фио имя фамилия отчество",
        [Sensitivity.Identifier] = "phone phonenumber mobile msisdn passport passportnumber documentnumber accountnumber cardnumber taxid inn snils "
            + "ssn iban телефон паспорт инн снилс",
        [Sensitivity.Email] = "email mail emailaddress почта",
    }.SelectMany(kind => kind.Value.Split(' ').Select(word => KeyValuePair.Create(word, kind.Key))).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Endings = ["password", "passwd", "passphrase", "secret", "token", "apikey", "authorization"];

    public static Sensitivity Of(ReadOnlySpan<char> name)
    {
        if (name.Length > MaxLength)
            name = name[^MaxLength..];
        Span<char> letters = stackalloc char[MaxLength];
        Span<int> starts = stackalloc int[MaxLength];
        var (length, words) = (0, 0);
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsLetterOrDigit(name[i]))
                continue;
            if (i == 0 || !char.IsLetterOrDigit(name[i - 1]) || (char.IsUpper(name[i]) && char.IsLower(name[i - 1])))
                starts[words++] = length;
            letters[length++] = char.ToLowerInvariant(name[i]);
        }

        var known = Words.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var last = 1; last <= 2 && last <= words; last++)
        {
            if (known.TryGetValue(letters[starts[words - last]..length], out var found))
                return found;
        }

        return EndsInSecret(letters[..length]) ? Sensitivity.Secret : Sensitivity.None;
    }

    /// <summary>Whatever was written in front of it without a gap.</summary>
    private static bool EndsInSecret(ReadOnlySpan<char> letters)
    {
        foreach (var ending in Endings)
        {
            if (letters.EndsWith(ending, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
