using Tumbler.Cli.Terminals;

namespace Tumbler.Cli.Tests.Terminals;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Acme & Söhne, 株式会社", "Acme & Söhne, 株式会社")]
    [InlineData("\e[2J\e]0;title\a", "\uFFFD[2J\uFFFD]0;title\uFFFD")]
    [InlineData("two\nlines\r\u2028", "two\uFFFDlines\uFFFD\uFFFD")]
    [InlineData("txt.\u202Eexe", "txt.\uFFFDexe")]
    public void What_would_steer_a_terminal_is_shown_instead(string text, string shown) => Assert.Equal(shown, PlainText.Of(text));
}
