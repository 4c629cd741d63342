using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Personalization.Storage.Ranking;

/// <summary>A profile and the person it belongs to. Votes, likes and snapshots refer to it by number, without a foreign key.</summary>
internal sealed class ProfileRow
{
    public required ulong Id { get; init; }

    public required ulong PersonId { get; init; }
}

internal sealed class ProfileRowConfiguration : IEntityTypeConfiguration<ProfileRow>
{
    public void Configure(EntityTypeBuilder<ProfileRow> builder)
    {
        builder.ToTable("Profiles");
        builder.HasKey(profile => profile.Id);
        builder.Property(profile => profile.Id).ValueGeneratedNever();

        // One profile a person, for now.
        builder.HasIndex(profile => profile.PersonId).IsUnique();
    }
}
