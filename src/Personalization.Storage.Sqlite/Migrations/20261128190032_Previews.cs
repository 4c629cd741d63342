using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Personalization.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Previews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Preview",
                table: "ImagineJobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PreviewAt",
                table: "ImagineJobs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_ImagineJobs_PersonId_AcceptedAt",
                table: "ImagineJobs",
                columns: new[] { "PersonId", "AcceptedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ImagineJobs_Preview",
                table: "ImagineJobs",
                columns: new[] { "PersonId", "PreviewAt" },
                unique: true,
                filter: "\"PreviewAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ImagineJobs_PersonId_AcceptedAt",
                table: "ImagineJobs");

            migrationBuilder.DropIndex(
                name: "IX_ImagineJobs_Preview",
                table: "ImagineJobs");

            migrationBuilder.DropColumn(
                name: "Preview",
                table: "ImagineJobs");

            migrationBuilder.DropColumn(
                name: "PreviewAt",
                table: "ImagineJobs");
        }
    }
}
