using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Personalization.Storage.Pictures;

internal sealed class PictureRowConfiguration : IEntityTypeConfiguration<PictureRow>
{
    public void Configure(EntityTypeBuilder<PictureRow> builder)
    {
        builder.ToTable("Pictures");
        builder.HasKey(picture => picture.Id);

        // Both listings are of one kind, by id.
        builder.HasIndex(picture => new { picture.Kind, picture.Id });

        // The newest of a guild.
        builder.HasIndex(picture => new { picture.GuildId, picture.Kind, picture.Id }).HasFilter("\"GuildId\" IS NOT NULL");

        // Who else has the file of a deleted picture.
        builder.HasIndex(picture => picture.FileKey);

        // What is still to be measured, mostly nothing, among all there are.
        builder.HasIndex(picture => picture.FeaturesVersion).HasFilter("\"FileKey\" IS NOT NULL").HasDatabaseName("IX_Pictures_Unmeasured");
    }
}
