using System.Buffers.Text;
using System.Text;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;
using Tumbler.Engine.Paging;

namespace Tumbler.Engine.Tests.Paging;

public sealed class ListPageTests : IDisposable
{
    private static readonly OrgSlug[] Slugs =
        [.. ((string[])["b_1", "B_1", "a_10", "a_2", "_zz", "zz9", "Zz9"]).Select(OrgSlug.Parse)];

    private static readonly string[] Ordered = ["B_1", "Zz9", "_zz", "a_10", "a_2", "b_1", "zz9"];

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(200)]
    public void Pages_of_any_size_show_everything_once_and_in_order(int limit)
    {
        var (shown, cursor, pages) = (new List<string>(), (string?)null, 0);
        do
        {
            var page = Page(cursor, limit);
            Assert.InRange(page.Items.Count, 1, limit);
            shown.AddRange(page.Items.Select(slug => slug.Value));
            cursor = page.NextCursor;
            Assert.True(++pages <= Slugs.Length, "The pages do not come to an end.");
        }
        while (cursor is not null);

        Assert.Equal(Ordered, shown);
        Assert.Equal((Slugs.Length + limit - 1) / limit, pages);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(200)]
    public async Task A_stores_pages_are_the_same(int limit)
    {
        var node = installation.NewNode();
        foreach (var slug in Slugs)
            await node.Organizations.Create(new CreateOrganization(slug.Value, "Name", "it@acme.example"), Installation.Call());

        var (shown, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = Node.Admitted(await node.Organizations.List(new PageRequest(cursor, limit)));
            shown.AddRange(page.Items.Select(org => org.Slug.Value));
            Assert.True(shown.Count <= Slugs.Length, "The pages do not come to an end.");
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(Ordered, shown);
    }

    [Fact]
    public void An_empty_list_has_one_empty_page_and_no_cursor()
    {
        var page = Node.Admitted(ListPage.Of<OrgSlug, OrgSlug>([], slug => slug, new PageRequest(), OrgSlug.TryParse));

        Assert.Empty(page.Items);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public void What_comes_and_goes_while_somebody_pages_moves_nothing_else()
    {
        var first = Page(null, 3);

        var rest = Node.Admitted(ListPage.Of(
            Slugs.Where(slug => slug.Value != "_zz").Append(OrgSlug.Parse("AAA")).Append(OrgSlug.Parse("a_1")),
            slug => slug, new PageRequest(first.NextCursor), OrgSlug.TryParse));

        Assert.Equal(["a_1", "a_10", "a_2", "b_1", "zz9"], rest.Items.Select(slug => slug.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("a")]
    [InlineData("_zz")]
    [InlineData("AAAA")]
    [InlineData("_____w")]
    [InlineData("YWNtZQ=")]
    [InlineData("YWNtZQ==")]
    [InlineData("YWNt ZQ")]
    [InlineData("YWNtZR")]
    public void A_foreign_cursor_is_refused(string cursor)
    {
        var refusal = ListPage.Of(Slugs, slug => slug, new PageRequest(cursor), OrgSlug.TryParse).Refusal;

        Assert.Equal(ErrorCode.InvalidInput, refusal?.Code);
        Assert.Equal(("cursor", "cursor"), (refusal!.Fields.Single().Field, refusal.Fields.Single().Rule));
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        var node = installation.NewNode();
        var client = await node.NewClient();
        await node.NewKey("acme");
        var keys = Node.Admitted(await node.ApiKeys.List(client.Org, new PageRequest(Limit: 1)));
        var slug = Base64Url.EncodeToString(Encoding.UTF8.GetBytes("acme"));

        Assert.Equal(ErrorCode.InvalidInput, (await node.Organizations.List(new PageRequest(keys.NextCursor))).Refusal?.Code);
        Assert.Equal(ErrorCode.InvalidInput, (await node.ApiKeys.List(client.Org, new PageRequest(slug))).Refusal?.Code);
    }

    private static Page<OrgSlug> Page(string? cursor, int limit) =>
        Node.Admitted(ListPage.Of(Slugs, slug => slug, new PageRequest(cursor, limit), OrgSlug.TryParse));
}
