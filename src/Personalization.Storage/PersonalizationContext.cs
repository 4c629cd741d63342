using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Personalization.Storage.Codes;
using Personalization.Storage.Imagine;
using Personalization.Storage.Pictures;
using Personalization.Storage.Ranking;

namespace Personalization.Storage;

/// <summary>Everything the product keeps. Public for the migrations; the stores are the way in.</summary>
public sealed class PersonalizationContext(DbContextOptions<PersonalizationContext> options) : DbContext(options)
{
    internal DbSet<PictureRow> Pictures => Set<PictureRow>();

    internal DbSet<GuildRow> Guilds => Set<GuildRow>();

    internal DbSet<ProfileRow> Profiles => Set<ProfileRow>();

    internal DbSet<PairRow> Pairs => Set<PairRow>();

    internal DbSet<LikeRow> Likes => Set<LikeRow>();

    internal DbSet<CommunityRow> Communities => Set<CommunityRow>();

    internal DbSet<SnapshotRow> Snapshots => Set<SnapshotRow>();

    internal DbSet<ImagineJobRow> ImagineJobs => Set<ImagineJobRow>();

    internal DbSet<PromptDraftRow> PromptDrafts => Set<PromptDraftRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Each index costs every insert a write; those there are, are asked for.
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();

        // Not every database can order and compare ulong and DateTimeOffset; bigint works everywhere.
        configurationBuilder.Properties<ulong>().HaveConversion<long>();
        configurationBuilder.Properties<uint>().HaveConversion<long>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PersonalizationContext).Assembly);
}
