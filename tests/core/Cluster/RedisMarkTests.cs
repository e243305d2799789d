using Tumbler.Core.Cluster;

namespace Tumbler.Core.Tests.Cluster;

public sealed class RedisMarkTests
{
    private const string One = "11111111-1111-4111-8111-111111111111";
    private const string Two = "22222222-2222-4222-8222-222222222222";

    [Theory]
    [InlineData($"{One} {Two}", false)]
    [InlineData($"{One} {Two} proposed", true)]
    public void What_is_written_is_read(string text, bool proposed)
    {
        Assert.True(RedisMark.TryParse(text, out var mark));

        Assert.Equal(new RedisMark(Guid.Parse(One), Guid.Parse(Two), proposed), mark);
        Assert.Equal(text, mark.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(One)]
    [InlineData($"{One}  {Two}")]
    [InlineData($"{One} {Two} ")]
    [InlineData($"{One} {Two} confirmed")]
    [InlineData($"{One} {Two} proposed twice")]
    [InlineData($"{One} generation")]
    public void What_is_no_mark_is_not_taken_for_one(string text) => Assert.False(RedisMark.TryParse(text, out _));
}
