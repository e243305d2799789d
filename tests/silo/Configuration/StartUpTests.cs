using System.Net;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Tests.Configuration;

public sealed class StartUpTests : IDisposable
{
    private const string AdminKey = "admin-key_admin-key_admin-key_0123456789";
    private static readonly string HashKey = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    private static readonly string AuditKey = Convert.ToBase64String(Enumerable.Range(32, 32).Select(i => (byte)i).ToArray());

    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    [Theory]
    [InlineData("Engine:Kind", "double", "Engine:Kind: must be single or cluster")]
    [InlineData("Storage:Kind", "postgres", "Storage:Postgres:ConnectionString: is required; give it, or a file that holds it by Storage:Postgres:ConnectionString_FILE")]
    [InlineData("Storage:Postgres:ConnectionString", "Host=db", "Storage:Postgres:ConnectionString: is given, but Storage:Kind is not postgres")]
    [InlineData("Storage:Postgres:ConnectionString_FILE", "db", "Storage:Postgres:ConnectionString_FILE: is given, but Storage:Kind is not postgres")]
    [InlineData("Storage:Postgres:Migrate", "yes", "Storage:Postgres:Migrate: must be true or false")]
    [InlineData("Storage:Kind", "file", "Storage:Kind: must be journal or postgres")]
    [InlineData("Storage:Journal:Directory", " ", "Storage:Journal:Directory: is empty; give a value or leave it out")]
    [InlineData("Storage:Journal:Directory", "a\0b", "Storage:Journal:Directory: must not contain control characters")]
    [InlineData("Tokens:Lifetime", "soon", "Tokens:Lifetime: must be a duration from PT30S to PT24H, such as 90s, 5m or PT1H")]
    [InlineData("Tokens:Lifetime", "29s", "Tokens:Lifetime: must be a duration from PT30S to PT24H, such as 90s, 5m or PT1H")]
    [InlineData("Tokens:Lifetime", "25h", "Tokens:Lifetime: must be a duration from PT30S to PT24H, such as 90s, 5m or PT1H")]
    [InlineData("Tokens:Skew", "61s", "Tokens:Skew: must be a duration from PT0S to PT1M, such as 90s, 5m or PT1H")]
    [InlineData("Tokens:Skew", "-1s", "Tokens:Skew: must be a duration from PT0S to PT1M, such as 90s, 5m or PT1H")]
    [InlineData("Tokens:Lifetime", "00:05:00", "Tokens:Lifetime: must be a duration from PT30S to PT24H, such as 90s, 5m or PT1H")]
    [InlineData("Rings:default:RsaBits", "many", "Rings:default:RsaBits: must be a whole number")]
    [InlineData("Rings:default:AllowShortLead", "yes", "Rings:default:AllowShortLead: must be true or false")]
    [InlineData("Rings:a b:Interval", "1h", "Rings:a b: a ring's id must be 1 to 50 characters of a-z, 0-9, _ and -, the first a letter or digit")]
    [InlineData("Admin:Key", "too-short", "Admin:Key: must be at least 32 characters of A-Z, a-z, 0-9, _ and -")]
    [InlineData("Admin:Key", "long enough but with spaces in it, which a header may lose", "Admin:Key: must be at least 32 characters of A-Z, a-z, 0-9, _ and -")]
    [InlineData("ApiKeys:HashKey", "dG9vIHNob3J0", "ApiKeys:HashKey: must be at least 32 bytes in base64")]
    [InlineData("Audit:Key", "no base64 at all, whatever its length, however you look at it", "Audit:Key: must be at least 32 bytes in base64")]
    [InlineData("Audit:NodeName", "Silo 1", "Audit:NodeName: must be 1 to 63 characters of a-z, 0-9, ., _ and -, the first a letter or digit")]
    [InlineData("Audit:NodeNmae", "silo-1", "Audit:NodeNmae: unknown setting; did you mean Audit:NodeName?")]
    [InlineData("Admin:Key_FILE", "missing", "Admin:Key_FILE: the file missing can't be read: it does not exist")]
    [InlineData("Protection:Certificates:0:Paht", "x.pfx", "Protection:Certificates:0:Path: is required", "Protection:Certificates:0:Paht: unknown setting; did you mean Protection:Certificates:0:Path?")]
    [InlineData("Protection:Recipients:0:Path", "escrow.pem", "Protection:Recipients:0:Path: the file {start}/escrow.pem does not exist")]
    [InlineData("Protection:Recipients:0:PasswordFile", "password", "Protection:Recipients:0:Path: is required", "Protection:Recipients:0:PasswordFile: unknown setting")]
    [InlineData("Protection:Certificates:new:Path", "kek.pfx", "Protection:Certificates:new: is no number; certificates are numbered from 0")]
    [InlineData("Protection:Certificates", "kek.pfx", "Protection:Certificates: is a section; give Protection:Certificates:{name}:… instead")]
    [InlineData("Rings", "default", "Rings: is a section; give Rings:{name}:… instead")]
    [InlineData("Development:ClockRate", "0.5", "Development:ClockRate: must be a number from 1 to 1,000,000")]
    [InlineData("Development:ClockRate", "NaN", "Development:ClockRate: must be a number from 1 to 1,000,000")]
    [InlineData("Development:ClockRate", "1000001", "Development:ClockRate: must be a number from 1 to 1,000,000")]
    [InlineData("urls", "8080", "urls: 8080 must be of the form http://host:port")]
    [InlineData("urls", "ftp://127.0.0.1:21", "urls: ftp://127.0.0.1:21 must be of the form http://host:port")]
    [InlineData("urls", "http://127.0.0.1:65536", "urls: http://127.0.0.1:65536 must be of the form http://host:port")]
    [InlineData("urls", ";", "urls: names no address")]
    [InlineData("urls", "https://127.0.0.1:8443", "Listen:Certificate:Path: is required, because urls has an https address")]
    [InlineData("Listen:Certificate:Path", "server.pem", "Listen:Certificate:Path: is given, but urls has no https address")]
    [InlineData("Auth:ClientCertificateHeader", "X Client", "Auth:ClientCertificateHeader: must be a header's name: 1 to 64 letters, digits and -")]
    [InlineData("Auth:JwksUri:AllowedNetworks", "10.0.0.1/8", "Auth:JwksUri:AllowedNetworks: 10.0.0.1/8 must be an address, or a CIDR block such as 10.0.0.0/8")]
    [InlineData("urls", "http://127.0.0.1:0", "Tokens:Issuer: is required, because nobody can call http://127.0.0.1:0")]
    [InlineData("urls", "http://0.0.0.0:8080", "Tokens:Issuer: is required, because nobody can call http://0.0.0.0:8080")]
    [InlineData("urls", "http://[::]:8080", "Tokens:Issuer: is required, because nobody can call http://[::]:8080")]
    [InlineData("urls", "http://*:8080", "Tokens:Issuer: is required, because nobody can call http://*:8080")]
    public void A_wrong_setting_is_named_with_its_rule(string name, string value, params string[] errors) =>
        Assert.Equal(errors.Select(error => error.Replace("{start}", start.Path, StringComparison.Ordinal)), start.ErrorsOf($"--{name}={value}"));

    [Theory]
    [InlineData("tumbler.example")]
    [InlineData("ftp://tumbler.example")]
    [InlineData("https://tumbler.example/")]
    [InlineData("https://tumbler.example?a=b")]
    [InlineData("https://tumbler.example#a")]
    [InlineData("https://me@tumbler.example")]
    [InlineData("https://tumbler.example/a b")]
    public void An_issuer_is_a_plain_absolute_url(string issuer) =>
        Assert.Equal(
            ["Tokens:Issuer: must be an absolute http or https URL without user, query, fragment and trailing slash"],
            start.ErrorsOf("--Tokens:Issuer", issuer));

    [Theory]
    [InlineData("=x")]
    [InlineData("")]
    public void A_name_that_no_setting_could_have_is_refused_by_its_place(string value)
    {
        var name = $"--Rings:{new string('r', 248)}";
        Assert.DoesNotContain(start.ErrorsOf($"{name}{value}"), error => error.StartsWith("argument", StringComparison.Ordinal));

        Assert.Contains("argument 1: begins with a name of more than 256 characters", start.ErrorsOf($"{name}r{value}"));
    }

    [Fact]
    public void All_errors_are_listed_at_once_under_one_headline()
    {
        Assert.Null(start.Read("--Tokens:Lifetime", "1s", "--Engine:Kind", "double", "stray", "--Storage:Knid", "journal", "--Admin:Key"));

        Assert.Equal(
            """
            Tumbler can't start: 5 settings are wrong.
              argument 5: must be --Section:Key value
              Admin:Key: has no value; write --Admin:Key value, or --Admin:Key=value when the value begins with --
              Engine:Kind: must be single or cluster
              Tokens:Lifetime: must be a duration from PT30S to PT24H, such as 90s, 5m or PT1H
              Storage:Knid: unknown setting; did you mean Storage:Kind?

            """, start.Text);
    }

    [Theory]
    [InlineData("Tokens:Lifetme", "Tokens:Lifetme: unknown setting; did you mean Tokens:Lifetime?")]
    [InlineData("Token:Lifetime", "Token:Lifetime: unknown setting; did you mean Tokens:Lifetime?")]
    [InlineData("Rings:default:Intervall", "Rings:default:Intervall: unknown setting; did you mean Rings:default:Interval?")]
    [InlineData("Admin:Key_FIEL", "Admin:Key_FIEL: unknown setting; did you mean Admin:Key_FILE?")]
    [InlineData("url", "url: unknown setting; did you mean urls?")]
    [InlineData("Telemetry:Endpoint", "Telemetry:Endpoint: unknown setting")]
    [InlineData("Kestrel:Endpoints:Http:Url", "Kestrel:Endpoints:Http:Url: unknown setting")]
    public void An_unknown_setting_is_refused_with_the_name_it_may_have_been_meant_to_be(string name, string error) =>
        Assert.Equal([error], start.ErrorsOf($"--{name}", "5m"));

    [Fact]
    public void Without_any_setting_a_developers_machine_starts_with_the_defaults()
    {
        var settings = start.Read();

        Assert.Empty(start.Text);
        Assert.Equal("http://127.0.0.1:8080", Assert.Single(settings!.Listen.Urls).ToString());
        Assert.Equal("http://127.0.0.1:8080", settings.Tokens.Issuer);
        Assert.Equal(TimeSpan.FromMinutes(5), settings.Tokens.Lifetime);
        Assert.Equal(Path.Combine(start.Path, "data"), settings.Storage.Directory);
        Assert.Empty(settings.Rings);
        Assert.Empty(settings.Protection.Certificates);
        Assert.Null(settings.Clock.Rate);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        start.Write("appsettings.json", """{ "Tokens": { "Lifetime": "1m", "Issuer": "http://file.example" }, "urls": "http://127.0.0.1:1" }""");
        start.Environment["TUMBLER__Tokens__Issuer"] = "http://environment.example";
        start.Environment["TUMBLER__URLS"] = "http://127.0.0.1:2";

        var settings = start.Read("--urls=http://127.0.0.1:3")!;

        Assert.Equal(TimeSpan.FromMinutes(1), settings.Tokens.Lifetime);
        Assert.Equal("http://environment.example", settings.Tokens.Issuer);
        Assert.Equal("http://127.0.0.1:3", Assert.Single(settings.Listen.Urls).ToString());
    }

    [Fact]
    public void A_broken_settings_file_is_an_error_like_any_other()
    {
        start.Write("appsettings.json", "{ \"Tokens\": ");

        var errors = start.ErrorsOf("--Engine:Kind", "double");

        Assert.StartsWith("appsettings.json: ", errors[0], StringComparison.Ordinal);
        Assert.DoesNotContain(start.Path, errors[0], StringComparison.Ordinal);
        Assert.Equal("Engine:Kind: must be single or cluster", errors[^1]);
    }

    [Fact]
    public void A_cluster_needs_a_database_and_Redis_and_a_build_that_has_it() => Assert.Equal(
        [
            .. typeof(SiloSettings).Assembly.GetReferencedAssemblies().Any(assembly => assembly.Name == "Tumbler.Grains")
                ? (string[])[]
                : ["Engine:Kind: this build has no cluster engine; use single, or build with Cluster=true where NuGet has Orleans"],
            "Storage:Kind: must be postgres when Engine:Kind is cluster; silos share one database",
            "Cluster:Redis:ConnectionString: is required; give it, or a file that holds it by Cluster:Redis:ConnectionString_FILE",
        ],
        start.ErrorsOf("--Engine:Kind", "cluster"));

    [Fact]
    public void The_frameworks_logging_section_is_left_to_the_framework() =>
        Assert.NotNull(start.Read("--Logging:LogLevel:Default", "Debug"));

    [Fact]
    public void A_ring_is_read_from_its_section_whatever_the_case_of_the_name()
    {
        start.Environment["TUMBLER__RINGS__PARTNERS__ALGORITHM"] = "ES256";

        var settings = start.Read("--Rings:partners:Interval", "12h", "--Rings:default:RsaBits", "3072", "--Rings:default:AllowShortLead", "true")!;

        Assert.Equal(["default", "partners"], settings.Rings.Keys.Select(id => id.Value).Order(StringComparer.Ordinal));
        Assert.Equal(new PutRing(Algorithm: "ES256", Interval: "12h"), settings.Rings[RingId.Parse("partners")]);
        Assert.Equal(new PutRing(RsaBits: 3072, AllowShortLead: true), settings.Rings[RingId.Default]);
    }

    [Fact]
    public void A_broken_ring_rule_is_shown_with_the_settings_name_and_its_further_lines_indented()
    {
        start.RingRules = _ =>
        [
            new FieldError("validity", "policy", "validity must be longer than the interval."),
            new FieldError("max_token_lifetime", "policy", "max_token_lifetime is too long:\n0 h  signs\n24 h retires"),
            new FieldError("", "policy", "The policy is impossible."),
        ];

        start.Read("--Rings:default:Interval", "24h");

        Assert.Equal(
            """
            Tumbler can't start: 3 settings are wrong.
              Rings:default:Validity: must be longer than the interval
              Rings:default:MaxTokenLifetime: is too long:
                0 h  signs
                24 h retires
              Rings:default: The policy is impossible

            """, start.Text);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public void A_secret_file_is_read_without_its_last_newline(string end)
    {
        start.Environment["TUMBLER__Admin__Key_FILE"] = start.Write("secrets/admin", AdminKey + end);

        Assert.Equal(AdminKey, start.Read()!.Admin.Key!.Reveal());
    }

    [Fact]
    public void A_secret_file_is_found_from_the_start_directory()
    {
        start.Write("secrets/hash", HashKey);

        Assert.Equal(HashKey, start.Read("--ApiKeys:HashKey_FILE", "secrets/hash")!.ApiKeys.HashKey!.Reveal());
    }

    [Fact]
    public void A_secret_file_with_two_newlines_is_wrong_like_any_other_bad_secret() =>
        Assert.Equal(
            ["Admin:Key_FILE: must be at least 32 characters of A-Z, a-z, 0-9, _ and -"],
            start.ErrorsOf("--Admin:Key_FILE", start.Write("admin", AdminKey + "\n\n")));

    [Fact]
    public void An_empty_secret_file_is_refused()
    {
        var file = start.Write("admin", "\n");

        Assert.Equal([$"Admin:Key_FILE: the file {file} is empty"], start.ErrorsOf("--Admin:Key_FILE", file));
    }

    [Fact]
    public void A_directory_is_no_secret_file() =>
        Assert.StartsWith(
            $"Admin:Key_FILE: the file {start.Path} can't be read: ",
            Assert.Single(start.ErrorsOf("--Admin:Key_FILE", start.Path)), StringComparison.Ordinal);

    [Fact]
    public void A_secret_given_both_ways_is_refused_whatever_the_sources()
    {
        start.Environment["TUMBLER__Admin__Key"] = AdminKey;

        Assert.Equal(
            ["Admin:Key: is given, and Admin:Key_FILE too; give one of them"],
            start.ErrorsOf("--Admin:Key_FILE", start.Write("admin", AdminKey)));
    }

    [Fact]
    public void No_secret_stands_in_what_is_said_about_it()
    {
        string[] secrets = ["short-admin-key", "c2hvcnQtaGFzaC1rZXk=", "audit key without base64"];
        start.Write("audit", secrets[2]);

        start.Read("--Admin:Key", secrets[0], "--ApiKeys:HashKey", secrets[1], "--Audit:Key_FILE", "audit", "--Admin:Kye", secrets[0], secrets[1], "x" + secrets[2]);

        Assert.Equal(6, start.Errors.Count);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, start.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_that_are_printed_show_no_secret()
    {
        var settings = start.Read("--Admin:Key", AdminKey, "--ApiKeys:HashKey", HashKey, "--Audit:Key", AuditKey)!;

        var shown = $"{settings} {settings.Admin.Key} {settings.ApiKeys} {settings.Audit}";

        Assert.All([AdminKey, HashKey, AuditKey], secret => Assert.DoesNotContain(secret[..^4], shown, StringComparison.Ordinal));
        Assert.Contains("…6789", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Production", null)]
    [InlineData(null, "Production")]
    [InlineData("Production", "Development")]
    [InlineData("Staging", null)]
    [InlineData("Developement", null)]
    public void Everything_but_development_is_production(string? dotnet, string? aspnet)
    {
        start.Environment.Clear();
        if (dotnet is not null)
            start.Environment["DOTNET_ENVIRONMENT"] = dotnet;
        if (aspnet is not null)
            start.Environment["ASPNETCORE_ENVIRONMENT"] = aspnet;

        Assert.Equal(5, start.ErrorsOf("--Storage:Journal:Directory=/var/lib/tumbler").Count);
    }

    [Fact]
    public void The_command_line_can_name_the_environment() =>
        Assert.NotEmpty(start.ErrorsOf("--environment", "Production"));

    [Fact]
    public void Production_starts_when_nothing_is_left_to_be_made_up()
    {
        Assert.NotNull(start.Read(Production()));
        Assert.Empty(start.Text);
    }

    [Theory]
    [InlineData("Admin:Key", "Admin:Key: is required in production; give it, or a file that holds it by Admin:Key_FILE")]
    [InlineData("ApiKeys:HashKey", "ApiKeys:HashKey: is required in production; give it, or a file that holds it by ApiKeys:HashKey_FILE")]
    [InlineData("Audit:Key", "Audit:Key: is required in production; give it, or a file that holds it by Audit:Key_FILE")]
    [InlineData("Protection:Certificates:0:Path", "Protection:Certificates: is required in production; give at least Protection:Certificates:0:Path")]
    [InlineData("Audit:SigningCertificate:Path", "Audit:SigningCertificate:Path: is required in production; it signs checkpoints and exports of the audit log")]
    public void Production_refuses_to_make_secrets_itself(string missing, string error) =>
        Assert.Equal([error], start.ErrorsOf([.. Production().Where(argument => !argument.StartsWith($"--{missing}=", StringComparison.Ordinal))]));

    [Theory]
    [InlineData("--Audit:Origin=two words", "Audit:Origin: must be at most 200 printable ASCII characters without space and plus, such as tokens.example/audit")]
    [InlineData("--Audit:Origin=a+b", "Audit:Origin: must be at most 200 printable ASCII characters without space and plus, such as tokens.example/audit")]
    [InlineData("--Audit:TimestampUrl=ftp://tsa.example", "Audit:TimestampUrl: must be an absolute http or https URL without user and fragment")]
    [InlineData("--Audit:TimestampUrl=https://user:secret@tsa.example", "Audit:TimestampUrl: must be an absolute http or https URL without user and fragment")]
    [InlineData("--Audit:TimestampUrl=tsa.example", "Audit:TimestampUrl: must be an absolute http or https URL without user and fragment")]
    [InlineData("--Audit:FormerCertificates:0:Path=/nowhere.pem", "Audit:FormerCertificates:0:Path: the file /nowhere.pem does not exist")]
    [InlineData("--Audit:SigningCertificate:Path=/nowhere.pem", "Audit:SigningCertificate:Path: the file /nowhere.pem does not exist")]
    public void Wrong_settings_of_the_audit_log_are_named(string argument, string error) => Assert.Equal([error], start.ErrorsOf(argument));

    [Fact]
    public void A_password_without_a_certificate_is_an_error() => Assert.Equal(
        ["Audit:SigningCertificate:Path: is required with its PasswordFile"],
        start.ErrorsOf($"--Audit:SigningCertificate:PasswordFile={start.Write("password", "x")}"));

    [Fact]
    public void The_audit_log_is_the_issuers_unless_it_is_named()
    {
        Assert.Equal("tokens.example:8443/audit", start.Read("--Tokens:Issuer", "https://tokens.example:8443/auth")!.Audit.Origin);
        Assert.Equal("logs.example/a", start.Read("--Audit:Origin", "logs.example/a")!.Audit.Origin);
        Assert.Equal(Path.Combine(start.Path, "data", "exports"), start.Read()!.Retention.Exports);
        Assert.Equal(Path.Combine(start.Path, "x"), start.Read("--Retention:Exports:Directory", "x")!.Retention.Exports);
    }

    [Fact]
    public void Production_refuses_a_fast_clock() =>
        Assert.Equal(["Development:ClockRate: is refused in production"], start.ErrorsOf([.. Production(), "--Development:ClockRate=2"]));

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://192.0.2.1:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://tumbler.example:8080")]
    public void Production_refuses_plain_http_that_others_can_reach(string url) =>
        Assert.Equal(
            [$"urls: {url} is plain HTTP on an address that others can reach, which production refuses; use https, or listen on a loopback address behind a proxy that serves TLS"],
            start.ErrorsOf([.. Production(), $"--urls=http://localhost:8080;{url}"]));

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://127.1.2.3:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://unix:/run/tumbler.sock")]
    public void Production_listens_where_only_this_machine_reaches_it(string url) =>
        Assert.NotNull(start.Read([.. Production(), $"--urls={url}"]));

    [Fact]
    public void With_a_certificate_production_listens_on_https_wherever_others_reach_it()
    {
        var read = start.Read([.. Production(), "--urls=https://*:443;http://localhost:8080", $"--Listen:Certificate:Path={start.Write("server.pem", "")}"])!;

        Assert.Equal(Path.Combine(start.Path, "server.pem"), read.Listen.Tls!.Certificate);
    }

    [Theory]
    [InlineData("https://127.0.0.1:8443", "https://127.0.0.1:8443")]
    [InlineData("https://tumbler.example", "https://tumbler.example")]
    [InlineData("https://tumbler.example:80", "https://tumbler.example:80")]
    public void The_issuer_is_the_first_address_also_when_that_is_https(string url, string issuer) =>
        Assert.Equal(issuer, start.Read($"--urls={url}", "--Listen:Certificate:Path=server.pem")!.Tokens.Issuer);

    [Fact]
    public void Networks_that_keys_may_be_fetched_from_are_addresses_and_blocks()
    {
        var allowed = start.Read("--Auth:JwksUri:AllowedNetworks=10.0.0.0/8;192.0.2.7")!.Auth.AllowedNetworks;

        Assert.Equal(
            (true, true, false),
            (allowed.Contains(IPAddress.Parse("10.1.2.3")), allowed.Contains(IPAddress.Parse("192.0.2.7")), allowed.Contains(IPAddress.Parse("192.0.2.8"))));
    }

    [Fact]
    public void Production_refuses_an_issuer_whose_keys_would_travel_unprotected() =>
        Assert.Equal(
            ["Tokens:Issuer: must be https in production: whoever can change the key set on its way can forge tokens"],
            start.ErrorsOf([.. Production(), "--Tokens:Issuer=http://tumbler.example"]));

    private string[] Production() =>
    [
        "--environment=Production",
        "--Storage:Journal:Directory=/var/lib/tumbler",
        "--Tokens:Issuer=https://tumbler.example/auth",
        $"--Admin:Key={AdminKey}",
        $"--ApiKeys:HashKey={HashKey}",
        $"--Audit:Key={AuditKey}",
        $"--Protection:Certificates:0:Path={start.Write("kek.pem", "")}",
        $"--Audit:SigningCertificate:Path={start.Write("audit.pem", "")}",
    ];
}
