using System.Collections.Frozen;
using Tumbler.Api.ForwardAuth;
using Tumbler.Contracts.Keys;

namespace Tumbler.Silo.Configuration;

/// <summary>The settings of forward-auth, <c>Auth:ForwardAuth</c> and what it takes from client certificates. Whatever could leave a
/// service open by mistake ends the start.</summary>
internal static class ForwardAuthSettings
{
    private const string Section = "Auth:ForwardAuth";
    private const string MethodsSetting = $"{Section}:Methods";
    private const string RingSetting = $"{Section}:Ring";
    private const string ExemptSetting = $"{Section}:ExemptPaths";
    private const string EnforceSetting = $"{Section}:Enforce";
    private const string AllowSetting = $"{Section}:AllowUnenforced";
    private const string HeaderSetting = "Auth:ClientSubjectHeader";
    private const string SubjectsSetting = "Auth:ClientSubjects";

    private static readonly Dictionary<string, ForwardAuthMethods> Methods = new()
    {
        ["jwt"] = ForwardAuthMethods.Jwt,
        ["api-key"] = ForwardAuthMethods.ApiKey,
        ["mtls"] = ForwardAuthMethods.Mtls,
    };

    private static readonly string[] OtherCredentials = ["Authorization", "X-API-Key", "X-Admin-Key"];

    public static ForwardAuthOptions Read(SettingsReader settings)
    {
        var methods = ReadMethods(settings);
        var header = settings.Text(HeaderSetting) ?? ForwardAuthOptions.DefaultSubjectHeader;
        if (!IsHeaderName(header) || OtherCredentials.Contains(header, StringComparer.OrdinalIgnoreCase))
            settings.Error(HeaderSetting, "must be the name of a header, 1 to 64 of [A-Za-z0-9-], and none of another credential");
        var (subjects, exempt) = (settings.List(SubjectsSetting), settings.List(ExemptSetting));
        var (mtls, behindProxy) = (methods.HasFlag(ForwardAuthMethods.Mtls), settings.IsGiven(ProxyOptions.TrustedSetting));
        if (mtls && subjects.Count == 0)
            settings.Error(SubjectsSetting, $"is required, because {MethodsSetting} has mtls");
        if (!mtls && subjects.Count > 0)
            settings.Error(SubjectsSetting, $"is given, but {MethodsSetting} does not have mtls");
        if (mtls && !behindProxy)
            settings.Error(ProxyOptions.TrustedSetting, $"is required, because {MethodsSetting} has mtls: a subject is believed of a known gateway only");
        if (exempt.Count > 0 && !behindProxy)
            settings.Error(ProxyOptions.TrustedSetting, $"is required, because {ExemptSetting} is given: a path is believed of a known gateway only");

        return new ForwardAuthOptions
        {
            Methods = methods,
            Ring = ReadRing(settings),
            SubjectHeader = header,
            Subjects = Checked(settings, SubjectsSetting, subjects, SubjectProblem).ToFrozenSet(StringComparer.Ordinal),
            Exempt = new ExemptPaths([.. Checked(settings, ExemptSetting, exempt, PathProblem)]),
            Enforce = ReadEnforce(settings),
        };
    }

    private static bool ReadEnforce(SettingsReader settings)
    {
        var enforce = settings.Boolean(EnforceSetting) ?? true;
        var allowed = settings.Boolean(AllowSetting) ?? false;
        if (!enforce && !allowed && !settings.Development)
            settings.Error(EnforceSetting, $"is false, which lets every request through; production refuses it unless {AllowSetting} is true");
        return enforce;
    }

    private static ForwardAuthMethods ReadMethods(SettingsReader settings)
    {
        var names = settings.List(MethodsSetting);
        if (names.Count == 0)
            return new ForwardAuthOptions().Methods;
        return Checked(settings, MethodsSetting, names, name => Methods.ContainsKey(name) ? null : "must be jwt, api-key or mtls")
            .Aggregate(ForwardAuthMethods.None, (all, name) => all | Methods.GetValueOrDefault(name));
    }

    private static RingId ReadRing(SettingsReader settings)
    {
        var ring = RingId.Default;
        if (settings.Text(RingSetting) is { } text && !RingId.TryParse(text, out ring))
            settings.Error(RingSetting, "must be the id of a ring, 1 to 50 characters of a-z, 0-9, _ and -, the first a letter or digit");
        return ring;
    }

    private static string? SubjectProblem(string subject) =>
        subject.StartsWith('/') ? "is in OpenSSL's old form; give it as RFC 4514 has it, such as CN=billing,O=Acme"
        : !ClientSubject.IsOne(subject) ? "must be a subject as RFC 4514 has it, such as CN=billing,O=Acme: printable ASCII, no space behind a comma"
        : null;

    private static string? PathProblem(string path) =>
        path == "/" ? $"exempts everything; for that there is {EnforceSetting}"
        : !ExemptPaths.IsPrefix(path) ? "must be a path such as /public/ without //, segments that begin with a dot, escapes and query"
        : null;

    private static IReadOnlyList<string> Checked(SettingsReader settings, string name, IReadOnlyList<string> texts, Func<string, string?> problem)
    {
        foreach (var (text, count) in texts.CountBy(text => text))
        {
            if (problem(text) is { } wrong)
                settings.Error(name, $"{text} {wrong}");
            else if (count > 1)
                settings.Error(name, $"{text} is given twice");
        }

        return texts;
    }

    private static bool IsHeaderName(string name) =>
        name.Length is >= 1 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
