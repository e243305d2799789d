using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Logins;

public sealed class LoginTests(RunningServer server) : ScriptTests(server)
{
    private const UnixFileMode OnlyTheUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string LoginFile => Folder.File(".config/tumbler/login.json");

    private Script Nobody => Script.At(Folder);

    [Fact]
    public async Task Whoever_logs_in_by_a_file_need_not_say_more()
    {
        (await Nobody.Run("login", "--server", Server.Url, "--key-file", Server.AdminKeyFile)).Is(
            0, "", $"Logged in to <server>. The credential is in {LoginFile}, which only you can read.");

        Assert.Equal(OnlyTheUser, File.GetUnixFileMode(LoginFile));
        Assert.Equal(OnlyTheUser | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(LoginFile)!));
        Assert.Equal(0, (await Nobody.Run("rings show default")).Code);

        (await Nobody.Run("logout")).Is(0, "", "Logged out.");
        Assert.False(File.Exists(LoginFile));
        Assert.Equal(77, (await Nobody.Run("rings show default")).Code);
        (await Nobody.Run("logout")).Is(0, "", "Nobody was logged in.");
    }

    [Fact]
    public async Task At_a_terminal_the_key_is_typed_and_not_shown()
    {
        var said = await (Nobody with { AtTerminal = true, Hidden = Server.AdminKey }).Run("login", "--server", Server.Url);

        Assert.Equal((0, ""), (said.Code, said.Output));
        Assert.StartsWith("Type the admin key (it is not shown): \nLogged in to ", said.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Server.AdminKey, said.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-")]
    public async Task Elsewhere_it_comes_from_standard_input(string? file) => Assert.Equal(0, (await (Nobody with { Input = $"{Server.AdminKey}\n" }).Run(
        ["login", "--server", Server.Url, .. (string[])(file is null ? [] : ["--key-file", file])])).Code);

    [Fact]
    public async Task The_configuration_can_be_kept_elsewhere()
    {
        await Nobody.With("XDG_CONFIG_HOME", Folder.File("xdg")).Run("login", "--server", Server.Url, "--key-file", Server.AdminKeyFile);

        Assert.True(File.Exists(Folder.File("xdg/tumbler/login.json")));
    }

    [Fact]
    public async Task A_key_that_the_server_does_not_accept_is_not_kept()
    {
        (await (Nobody with { Input = "this-is-no-admin-key\n" }).Run("login", "--server", Server.Url)).Is(77, "", """
            tumbler: The credential is not accepted.
            Nobody was logged in.
            """);
        Assert.False(File.Exists(LoginFile));
    }

    [Fact]
    public async Task A_server_that_is_not_there_a_missing_one_and_no_address_are_told_apart()
    {
        Assert.Equal(69, (await (Nobody with { Input = "some-admin-key\n" }).Run("login", "--server", RunningServer.NobodyThere())).Code);
        (await Nobody.Run("login")).Is(64, "", """
            tumbler: Which server?
            tumbler login --server https://tokens.example
            """);
        (await Nobody.Run("login --server tokens.example")).Is(64, "", """
            tumbler: 'tokens.example' is no address of a server.
            It is written https://tokens.example or <server>.
            """);
    }

    [Fact]
    public async Task No_credential_goes_over_plain_http_to_another_machine()
    {
        (await Nobody.Run("login --server http://tokens.example")).Is(64, "", """
            tumbler: http://tokens.example is not encrypted: whoever is on the way reads the credential.
            Use https, or set TUMBLER_ALLOW_HTTP=true in a network that is yours alone.
            """);
        Assert.Equal(65, (await Nobody.With("TUMBLER_ALLOW_HTTP", "true").Run("login --server http://tokens.example")).Code);
    }

    [Fact]
    public async Task The_logins_key_goes_to_the_logins_server_and_to_no_other()
    {
        await Nobody.Run("login", "--server", Server.Url, "--key-file", Server.AdminKeyFile);

        (await Nobody.Run("rings", "list", "--server", "https://tokens.example")).Is(77, "", """
            tumbler: Nobody is logged in to https://tokens.example.
            Log in with `tumbler login --server <url>`, or set TUMBLER_SERVER_URL and TUMBLER_ADMIN_KEY_FILE.
            """);
        Assert.Equal(0, (await Nobody.Run("rings", "show", "default", "--server", $"{Server.Url}/")).Code);
    }

    [Fact]
    public async Task A_login_that_others_can_read_is_not_used()
    {
        await Nobody.Run("login", "--server", Server.Url, "--key-file", Server.AdminKeyFile);
        File.SetUnixFileMode(LoginFile, OnlyTheUser | UnixFileMode.GroupRead);

        (await Nobody.Run("rings list")).Is(77, "", $"""
            tumbler: Others may read or change {LoginFile}, so it is not used.
            chmod 600 {LoginFile}
            """);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"server\": \"https://tokens.example\"}")]
    public async Task A_login_that_is_damaged_says_so(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LoginFile)!);
        await File.WriteAllTextAsync(LoginFile, content, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(LoginFile, OnlyTheUser);

        var said = await Nobody.Run("rings list");

        Assert.Equal(66, said.Code);
        Assert.Contains("`tumbler login` writes it anew", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_wins_over_the_environment_and_that_over_the_login()
    {
        await Nobody.Run("login", "--server", Server.Url, "--key-file", Server.AdminKeyFile);
        var wrong = Folder.Write("wrong", "this-is-no-admin-key");

        Assert.Equal(77, (await Nobody.With("TUMBLER_ADMIN_KEY_FILE", wrong).Run("rings list")).Code);
        Assert.Equal(77, (await Nobody.With("TUMBLER_ADMIN_KEY", "this-is-no-admin-key").Run("rings list")).Code);
        Assert.Equal(0, (await Nobody.With("TUMBLER_ADMIN_KEY", "this-is-no-admin-key").Run("rings", "show", "default", "--key-file", Server.AdminKeyFile)).Code);
        Assert.Equal(0, (await Nobody.With("TUMBLER_ADMIN_KEY", Server.AdminKey).With("TUMBLER_ADMIN_KEY_FILE", "").Run("rings show default")).Code);
        Assert.Equal(0, (await Nobody.With("TUMBLER_SERVER_URL", RunningServer.NobodyThere()).Run("rings", "show", "default", "--server", Server.Url)).Code);
        Assert.Equal(69, (await Nobody.With("TUMBLER_SERVER_URL", RunningServer.NobodyThere()).With("TUMBLER_ADMIN_KEY", "some-admin-key").Run("rings list")).Code);
    }

    [Fact]
    public async Task An_organisation_logs_in_with_a_key_of_its_own()
    {
        await Given("orgs create login_org --name L --email l@login.example");
        await Given("api-keys create login_org --name own --out own.key");

        Assert.Equal(0, (await Nobody.Run("login", "--server", Server.Url, "--key-file", "own.key")).Code);
        Assert.Equal(0, (await Nobody.Run("orgs show login_org")).Code);
    }

    [Fact]
    public async Task A_file_without_a_credential_is_told_so_without_repeating_it()
    {
        Folder.Write("key", "two words\n");

        var said = await Admin.Run("rings", "list", "--key-file", "key");

        Assert.Equal((65, ""), (said.Code, said.Output));
        Assert.StartsWith("tumbler: key holds no credential.\n", said.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", said.Errors, StringComparison.Ordinal);
    }
}
