using Tumbler.Cli.Secrets;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Secrets;

public sealed class GenerateSecretTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("admin-key", "^[A-Za-z0-9]{43}\n$")]
    [InlineData("metrics-token", "^[A-Za-z0-9]{43}\n$")]
    [InlineData("audit-key", "^[A-Za-z0-9+/]{43}=\n$")]
    [InlineData("hash-key", "^[A-Za-z0-9+/]{43}=\n$")]
    [InlineData("password", "^[A-Za-z0-9]{43}\n$")]
    public async Task Each_kind_has_its_form_and_no_two_are_alike(string kind, string form)
    {
        var (first, second) = (await Script.At(folder).Run("secrets", "generate", kind), await Script.At(folder).Run("secrets", "generate", kind));

        Assert.Equal((0, "", 0, ""), (first.Code, first.Errors, second.Code, second.Errors));
        Assert.Matches(form, first.Output);
        Assert.NotEqual(first.Output, second.Output);
    }

    /// <summary>Chi-squared over all letters and places would find a letter that comes more often; the limit is for one in a million.</summary>
    [Fact]
    public void Every_letter_is_as_likely_as_any_other()
    {
        var draw = SecretKind.All.Single(kind => kind.Name == "password").Draw;
        var letters = Enumerable.Range(0, 2_000).SelectMany(_ => draw()).GroupBy(letter => letter).ToDictionary(group => group.Key, group => group.Count());

        var expected = letters.Values.Sum() / 62.0;
        Assert.Equal(62, letters.Count);
        Assert.InRange(letters.Values.Sum(count => (count - expected) * (count - expected) / expected), 10, 135);
    }

    [Fact]
    public async Task A_file_is_for_its_owner_only_and_its_content_is_the_secret_alone()
    {
        (await Script.At(folder).Run("secrets generate admin-key --out admin")).Is(
            0, "", "admin holds a new secret for Admin:Key, what administrators send as X-Admin-Key.");

        Assert.Matches("^[A-Za-z0-9]{43}\n$", await File.ReadAllTextAsync(folder.File("admin"), TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("admin")));
    }

    [Fact]
    public async Task A_secret_is_never_written_over_another()
    {
        folder.Write("admin", "the one in use\n");

        var said = await Script.At(folder).Run("secrets generate admin-key --out admin");

        Assert.Equal((73, ""), (said.Code, said.Output));
        Assert.Equal("tumbler: admin can't be written: there is a file of this name, and it is not replaced.\n", said.Errors);
        Assert.Equal("the one in use\n", await File.ReadAllTextAsync(folder.File("admin"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named() =>
        Assert.Equal(73, (await Script.At(folder).Run("secrets generate password --out no/where")).Code);

    [Fact]
    public async Task As_json_it_is_a_document()
    {
        var document = (await Script.At(folder).Run("secrets generate hash-key --json")).Document();

        Assert.Equal("hash-key", document.GetProperty("kind").GetString());
        Assert.Equal(32, document.GetProperty("secret").GetBytesFromBase64().Length);
    }

    [Fact]
    public async Task A_kind_that_is_none_is_an_error_of_usage()
    {
        var said = await Script.At(folder).Run("secrets generate admin");

        Assert.Equal((64, ""), (said.Code, said.Output));
        Assert.Contains("'admin-key'", said.Errors, StringComparison.Ordinal);
    }
}
